using System.Text;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Bulk;

/// <summary>One key of <c>when</c>, found by the bytes of a cell.</summary>
internal sealed class KeyMatch
{
    private readonly Utf8Index values = new();
    private readonly List<ulong> steps = [];
    private readonly ulong other;

    public KeyMatch(StepMatch.Key key)
    {
        other = key.Other;
        foreach (var (value, applying) in key.Named)
        {
            values.Add(Encoding.UTF8.GetBytes(value));
            steps.Add(applying);
        }
    }

    /// <summary>Does any step ask for this key?</summary>
    public bool IsAsked => steps.Count > 0;

    /// <summary>The steps that take this value.</summary>
    public ulong Of(ReadOnlySpan<byte> value)
    {
        if (!IsAsked) return other;
        var number = values.Find(value);
        return number < 0 ? other : steps[number];
    }
}
