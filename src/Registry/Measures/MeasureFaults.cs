using Shanhuo.Kernel;

namespace Shanhuo.Registry.Measures;

/// <summary>Says what is wrong with files and counts it; after the first fifty only counts.</summary>
internal sealed class MeasureFaults(Texts texts, Language language, TextWriter error)
{
    private const int Said = 50;

    public int Count { get; private set; }

    public void Add(Refusal no)
    {
        if (Count++ < Said) error.WriteLine(texts.Say(language, no));
    }

    /// <summary>What a person should know beside the figures.</summary>
    public void Note(string key, params object[] arguments) => error.WriteLine(texts.Say(language, key, arguments));

    /// <summary>Ends a run that measures nothing.</summary>
    public void End()
    {
        if (Count > Said) Note("measure.more-faults", Count - Said);
        Note("measure.nothing", Count);
    }
}
