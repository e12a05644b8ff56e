using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;

namespace Shanhuo.Tests.Kernel.Pages;

public sealed class NotesAndCoinsTests
{
    [Fact]
    public void What_is_counted_out_is_the_amount_for_10_000_random_amounts()
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var amount = new Fen(random.NextInt64(1, 100_000_000));
            var pieces = NotesAndCoins.Break(amount, out var left);
            Assert.Equal(amount.Value, pieces.Sum(p => p.Face.Value * p.Count) + left.Value);
            Assert.InRange(left.Value, 0, 9);
            Assert.All(pieces, p => Assert.True(p.Count > 0));
        }
    }

    [Fact]
    public void Few_pieces_are_drawn_one_by_one_and_many_as_a_pile_with_their_number()
    {
        var picture = NotesAndCoins.Draw(new Fen(6_004_053), Language.Zh).ToString();   // 60,040.53
        Assert.Contains("×600", picture, StringComparison.Ordinal);
        Assert.Equal(2, Count(picture, "#y100\""));
        Assert.Equal(2, Count(picture, "#y20\""));
        Assert.Equal(1, Count(picture, "#j5\""));
        Assert.Contains("另有 3 分", picture, StringComparison.Ordinal);
        Assert.Contains("六万零四十元五角三分", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_note_and_coin_has_its_drawing()
    {
        var drawings = Wwwroot.Read("notes.svg");
        foreach (var piece in NotesAndCoins.Break(new Fen(18_660), out _))
            Assert.Contains($"id=\"{(piece.IsNote ? "y" : "j")}{piece.Face.Value / (piece.IsNote ? 100 : 10)}\"", drawings, StringComparison.Ordinal);
        Assert.Equal(8, NotesAndCoins.Break(new Fen(18_660), out _).Count);
    }

    [Fact]
    public void An_amount_below_zero_is_not_counted_out_but_said() =>
        Assert.Contains("您应付", NotesAndCoins.Draw(new Fen(-500), Language.Zh).ToString(), StringComparison.Ordinal);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
