namespace Shanhuo.Kernel.Pages;

/// <summary>One kind of note or coin and how many of it.</summary>
/// <param name="Face">What one is worth: 100, 50, 20, 10, 5 or 1 yuan, 5 or 1 jiao.</param>
/// <param name="Count">At least 1.</param>
public readonly record struct Pieces(Fen Face, long Count)
{
    /// <summary>1 yuan and more are notes; 5 and 1 jiao are coins.</summary>
    public bool IsNote => Face.Value >= 100;
}

/// <summary>An amount as the notes and coins that a hand would count out: those who cannot read four digits know the colours of the notes.</summary>
public static class NotesAndCoins
{
    /// <summary>Above this many, one picture stands with "×n".</summary>
    private const int DrawnOneByOne = 4;
    private static readonly int[] Faces = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10];

    /// <summary>The fewest notes and coins, largest first.</summary>
    /// <param name="amount">At least 0.</param>
    /// <param name="left">0 to 9 fen, for which no coin is in use.</param>
    /// <returns>Together with <paramref name="left"/> exactly the amount.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The amount is below 0.</exception>
    public static IReadOnlyList<Pieces> Break(Fen amount, out Fen left)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount.Value);
        var pieces = new List<Pieces>(Faces.Length);
        var rest = amount.Value;
        foreach (var face in Faces)
        {
            if (rest >= face) pieces.Add(new Pieces(new Fen(face), rest / face));
            rest %= face;
        }
        left = new Fen(rest);
        return pieces;
    }

    /// <summary>The picture: a list of notes and coins from <c>/notes.svg</c>, read aloud as the amount in words.</summary>
    /// <param name="amount">Below 0 the picture shows what the reader owes, and says so in words.</param>
    /// <param name="language">For the words.</param>
    public static Markup Draw(Fen amount, Language language)
    {
        var owed = amount < Fen.Zero;
        var shown = owed ? -amount : amount;
        var pieces = Break(shown, out var left);
        var picture = new Markup();
        if (owed) picture.Add($"<p class=\"stop\">{PageTexts.Say(language, "pages.you-give")}</p>");
        picture.Add($"<ul class=\"wallet\" aria-label=\"{PageTexts.Say(language, "pages.wallet", AmountWords.Spoken(shown, language))}\">");
        foreach (var piece in pieces) Draw(picture, piece, language);
        if (left > Fen.Zero) picture.Add($"<li>{PageTexts.Say(language, "pages.fen-left", left.Value)}</li>");
        return picture.Add($"</ul>");
    }

    private static void Draw(Markup picture, Pieces piece, Language language)
    {
        var drawn = piece.Count <= DrawnOneByOne ? piece.Count : 2;
        var (width, height, step) = piece.IsNote ? (76L, 38L, 9L) : (38L, 38L, 14L);
        var whole = width + step * (drawn - 1);
        picture.Add($"<li><svg width=\"{whole}\" height=\"{height}\" viewBox=\"0 0 {whole} {height}\" aria-hidden=\"true\">");
        for (var i = drawn - 1; i >= 0; i--) // The front one last, its number uncovered.
            picture.Add($"<use href=\"/notes.svg#{(piece.IsNote ? "y" : "j")}{piece.Face.Value / (piece.IsNote ? 100 : 10)}\" x=\"{step * i}\" width=\"{width}\" height=\"{height}\"/>");
        picture.Add($"</svg>");
        if (piece.Count > 1) picture.Add($"<span aria-hidden=\"true\">×{piece.Count}</span>");
        var (key, face) = piece.IsNote ? ("pages.note-count", piece.Face.Value / 100) : ("pages.coin-count", piece.Face.Value / 10);
        picture.Add($"<span class=\"vh\">{PageTexts.Say(language, key, face, piece.Count)}</span></li>");
    }
}
