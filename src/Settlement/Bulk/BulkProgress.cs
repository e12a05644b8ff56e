using System.Globalization;

namespace Shanhuo.Settlement.Bulk;

/// <summary>Says on a terminal how far a long run is, and stops it when asked to.</summary>
/// <param name="error">Where to say it; null: standard error is no terminal.</param>
/// <param name="clock">Twice a second at most.</param>
/// <param name="cancel">Looked at every few thousand rows.</param>
internal sealed class BulkProgress(TextWriter? error, TimeProvider clock, CancellationToken cancel)
{
    private long last = clock.GetTimestamp();
    private bool said;

    /// <summary>To be told of every row; does hardly anything for most.</summary>
    public void Tick(string file, CsvRows rows, long? length)
    {
        if ((rows.Row & 0x3FFF) != 0) return;
        cancel.ThrowIfCancellationRequested();
        if (error is null || clock.GetElapsedTime(last) < TimeSpan.FromMilliseconds(500)) return;
        last = clock.GetTimestamp();
        said = true;
        var share = length is { } all ? string.Create(CultureInfo.InvariantCulture, $" {rows.Offset * 100 / Math.Max(all, 1)}%") : "";
        error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{file}: {rows.Row:N0}{share} "));
    }

    /// <summary>Ends the line on which it was said.</summary>
    public void End()
    {
        if (said) error?.WriteLine();
    }
}
