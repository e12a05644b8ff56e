namespace Shanhuo.Registry.Targeting.Features;

/// <summary>What a feature holds.</summary>
internal enum FeatureKind { YesNo, Number, Choice }

/// <summary>Something measured of a household that rules may ask for. Its value is whole: a number in its smallest unit, 0 or 1, or the place of a choice; what is not known is the whole span from <see cref="Least"/> to <see cref="Most"/>.</summary>
internal sealed record Feature(string Key, FeatureKind Kind)
{
    /// <summary>Largest number that is told apart; what is more is kept as this, and no rule may ask beyond it.</summary>
    public const int Largest = 2_000_000_000;

    /// <summary>Place among <see cref="HouseholdFeature.All"/>.</summary>
    public int Index { get; init; }

    public int Least { get; init; }
    public int Most { get; init; } = 1;

    /// <summary>Smallest units in the unit people use: 100 for mu and yuan, else 1.</summary>
    public int Scale { get; init; } = 1;

    /// <summary>Codes in order, the least first where they have one.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Texts of the choices are this, a dot and the code.</summary>
    public string ChoiceKey { get; init; } = "";

    /// <summary>Part of the text key of its unit: <c>targeting.unit-UNIT</c>; empty: none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Fields of the register that it is made of; each of them has targeting, exit or procedure among its purposes, or the feature is <see cref="ForGroups"/>.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Only for comparing groups: no rule may ask for it.</summary>
    public bool ForGroups { get; init; }

    public string TextKey => "targeting.f-" + Key;

    /// <summary>Is the whole span possible?</summary>
    public bool IsUnknown(int low, int high) => low <= Least && high >= Most;
}
