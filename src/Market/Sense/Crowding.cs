using Shanhuo.Kernel;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Sense;

/// <summary>A season of a product in a county.</summary>
/// <param name="Offered">Grams or pieces taken in, without what went on into other lots.</param>
/// <param name="Sold">Grams or pieces.</param>
/// <param name="Median">Price per kilogram or piece; null: nothing was sold.</param>
/// <param name="Lines">Settled order lines.</param>
/// <param name="Households">Whose goods were offered.</param>
internal sealed record SeasonFacts(long Offered, long Sold, Fen? Median, long Lines, int Households);

/// <summary>May somebody else join?</summary>
internal enum CrowdAnswer
{
    /// <summary>Too few sales or households to say.</summary>
    Unknown,

    /// <summary>Nothing speaks against it.</summary>
    Open,

    /// <summary>More is offered than is bought.</summary>
    Crowded,
}

/// <summary>The answer with its figures.</summary>
/// <param name="Answer">Yes, no, or not known.</param>
/// <param name="Offered">Of both seasons.</param>
/// <param name="Sold">Of both seasons.</param>
/// <param name="UnsoldPerMille">Of what was offered, what was not sold: 0 to 1000. Null: nothing was offered.</param>
/// <param name="PricePerMille">How the median price changed from the season before to the last; null: one of them has none.</param>
/// <param name="MayShow">Are there households enough behind the figures?</param>
internal sealed record Crowd(CrowdAnswer Answer, long Offered, long Sold, long? UnsoldPerMille, long? PricePerMille, bool MayShow);

/// <summary>Warns before somebody joins a product of which more is offered than bought (data/market/crowded.json).</summary>
/// <param name="WeeksPerSeason">Whole weeks of a season; 52, so that each holds one harvest whatever its month.</param>
/// <param name="FewestLines">With fewer settled lines in either season nothing is said.</param>
/// <param name="FewestHouseholds">With fewer households in either season neither.</param>
/// <param name="UnsoldPerMille">From this unsold share on it warns.</param>
/// <param name="UnsoldWithFallPerMille">From this on where the price fell, too.</param>
/// <param name="FallPerMille">By so much or more.</param>
internal sealed record Crowding(int WeeksPerSeason, long FewestLines, int FewestHouseholds, long UnsoldPerMille, long UnsoldWithFallPerMille, long FallPerMille)
{
    /// <summary>As shipped.</summary>
    public static Crowding Shipped { get; } = GoodsRules.Read<Crowding>("crowded");

    /// <summary>The answer.</summary>
    /// <param name="last">The last season.</param>
    /// <param name="before">The one before.</param>
    public Crowd Of(SeasonFacts last, SeasonFacts before)
    {
        var (offered, sold) = (last.Offered + before.Offered, last.Sold + before.Sold);
        // Of an old stock more is sold than was taken in: then nothing is left unsold.
        long? unsold = offered > 0 ? Rounding.HalfEven((Int128)Math.Max(0, offered - sold) * 1000, offered) : null;
        long? change = last.Median is { } now && before.Median is { Value: > 0 } then ? Rounding.HalfEven((Int128)(now - then).Value * 1000, then.Value) : null;
        var answer = IsThin(last) || IsThin(before) || unsold is null || change is null ? CrowdAnswer.Unknown
            : IsLeft(UnsoldPerMille) || (IsLeft(UnsoldWithFallPerMille) && (Int128)(before.Median!.Value - last.Median!.Value).Value * 1000 >= (Int128)FallPerMille * before.Median.Value.Value) ? CrowdAnswer.Crowded
            : CrowdAnswer.Open;
        return new Crowd(answer, offered, sold, unsold, change, Math.Min(last.Households, before.Households) >= Math.Max(FewestHouseholds, PriceTable.FewestHouseholds));

        // The thresholds are held exactly, not by the rounded figures that are shown.
        bool IsLeft(long perMille) => (Int128)Math.Max(0, offered - sold) * 1000 >= (Int128)perMille * offered;
    }

    private bool IsThin(SeasonFacts season) => season.Lines < FewestLines || season.Households < FewestHouseholds;
}
