using Shanhuo.Registry.Households;
using Shanhuo.Tests.Registry.Files;

namespace Shanhuo.Tests.Registry.Households;

public sealed class IdentityNumberTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    /// <summary>The examples of GB 11643-1999.</summary>
    [Theory]
    [InlineData("11010519491231002X", "1949-12-31", "female")]
    [InlineData("440524188001010014", null, null)]
    [InlineData("34052419800101001X", "1980-01-01", "male")]
    [InlineData(" 11010519491231002x ", "1949-12-31", "female")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ", "1949-12-31", "female")]
    [InlineData("110105 19491231 002X", "1949-12-31", "female")]
    public void The_examples_of_the_standard_are_read_as_people_write_them(string text, string? born, string? sex)
    {
        var outcome = IdentityNumber.Parse(text, Today);
        // The standard's second example was born in 1880: right in form, but nobody of that age is registered anew.
        if (born is null) { Assert.Equal("identity.too-old", outcome.Refused!.Code); return; }
        Assert.Equal((DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture), sex), (outcome.Value.BirthDay, outcome.Value.Sex));
    }

    [Fact]
    public void The_old_form_is_lengthened_by_its_century_and_check_character()
    {
        var number = IdentityNumber.Parse("110105491231002", Today).Value;
        Assert.Equal(("11010519491231002X", true), (number.Text, number.WasOld));
    }

    [Theory]
    [InlineData("110105194912310021", "identity.check")]
    [InlineData("11010519491331002X", "identity.date")]
    [InlineData("11010519490229002X", "identity.date")]
    [InlineData("11010520991231002X", "identity.future")]
    [InlineData("1101051949123100", "identity.length")]
    [InlineData("11010519491231O02X", "identity.characters")]
    [InlineData("1101051949X2310021", "identity.characters")]
    [InlineData("01010519491231002X", "identity.area")]
    [InlineData("1.10105E+17", "identity.damaged")]
    [InlineData("110105194912310000", "identity.damaged")]
    [InlineData("", "identity.length")]
    public void A_wrong_number_is_refused_with_its_reason_and_never_repeated(string text, string code)
    {
        var no = IdentityNumber.Parse(text, Today).Refused;
        Assert.Equal(code, no?.Code);
        Assert.DoesNotContain(no!.Arguments, a => a.ToString()!.Length >= 12);
    }

    [Fact]
    public void Any_one_wrong_digit_and_any_two_neighbours_exchanged_are_found()
    {
        var number = CountySheet.Identity(new DateOnly(1985, 6, 15), 123);
        for (var i = 0; i < 17; i++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
                if (digit != number[i]) Assert.NotNull(IdentityNumber.Parse(number[..i] + digit + number[(i + 1)..], Today).Refused);
            if (i < 16 && number[i] != number[i + 1]) Assert.NotNull(IdentityNumber.Parse(number[..i] + number[i + 1] + number[i] + number[(i + 2)..], Today).Refused);
        }
    }
}
