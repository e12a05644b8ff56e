using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Shanhuo.Web.Metrics;

/// <summary>The runtime's and our own meters in Prometheus' text format (exposition format 0.0.4): counters and up-down counters as sums, histograms as _count and _sum. Labels with personal data are never among them: only route, method and status are kept.</summary>
internal sealed class Prometheus : IDisposable
{
    private static readonly HashSet<string> Labels = new(StringComparer.Ordinal) { "http.route", "http.request.method", "http.response.status_code", "county", "cause", "outcome" };
    private readonly ConcurrentDictionary<(string Name, string Labels), Cell> cells = new();
    private readonly ConcurrentDictionary<string, string> kinds = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();

    public Prometheus()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name is "Microsoft.AspNetCore.Hosting" or "System.Runtime" or "Shanhuo") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((i, v, t, _) => Take(i, v, t));
        listener.SetMeasurementEventCallback<int>((i, v, t, _) => Take(i, v, t));
        listener.SetMeasurementEventCallback<double>((i, v, t, _) => Take(i, v, t));
        listener.Start();
    }

    /// <summary>All figures now.</summary>
    public string Write()
    {
        foreach (var (key, kind) in kinds)
            if (kind == "gauge") foreach (var cell in cells.Where(c => c.Key.Name == key)) cell.Value.Reset();
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var group in cells.GroupBy(c => c.Key.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var kind = kinds[group.Key];
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {group.Key} {(kind == "histogram" ? "summary" : kind)}\n");
            foreach (var ((name, labels), cell) in group.OrderBy(c => c.Key.Labels, StringComparer.Ordinal))
            {
                var (count, sum) = cell.Read();
                if (kind == "histogram") text.Append(CultureInfo.InvariantCulture, $"{name}_count{labels} {count}\n{name}_sum{labels} {sum:0.######}\n");
                else text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {sum:0.######}\n");
            }
        }
        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var type = instrument.GetType().Name;
        var kind = type.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram" : type.StartsWith("Observable", StringComparison.Ordinal) || type.StartsWith("Gauge", StringComparison.Ordinal) ? "gauge"
            : type.StartsWith("UpDown", StringComparison.Ordinal) ? "gauge-sum" : "counter";
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : instrument.Unit == "By" ? "_bytes" : "") + (kind == "counter" ? "_total" : "");
        kinds.TryAdd(name, kind == "gauge-sum" ? "untyped" : kind);
        var labels = new StringBuilder();
        foreach (var (key, tag) in tags)
            if (Labels.Contains(key)) labels.Append(labels.Length == 0 ? '{' : ',').Append(key.Replace('.', '_')).Append("=\"").Append(Convert.ToString(tag, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        if (labels.Length > 0) labels.Append('}');
        cells.GetOrAdd((name, labels.ToString()), _ => new Cell()).Add(value);
    }

    private sealed class Cell
    {
        private readonly Lock gate = new();
        private long count;
        private double sum;

        public void Add(double value) { lock (gate) { count++; sum += value; } }

        public void Reset() { lock (gate) (count, sum) = (0, 0); }

        public (long, double) Read() { lock (gate) return (count, sum); }
    }
}
