namespace Shanhuo.Registry.Households.Fields;

/// <summary>All fields of the register, in the order of pages and sheets.</summary>
internal static class RegisterFields
{
    private static readonly string[] Ethnicities =
        ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32", "33", "34", "35", "36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48", "49", "50", "51", "52", "53", "54", "55", "56"];

    public static IReadOnlyList<RegisterField> OfHousehold { get; } =
    [
        RegisterField.Of<Household>("group", FieldKind.Text, h => h.VillageGroup, "identify", "procedure") with { Most = 20 },
        RegisterField.Of<Household>("book", FieldKind.Text, h => h.BookNumber, "identify") with { Most = 20, Privacy = FieldPrivacy.Sensitive, Route = FieldRoute.Township },
        RegisterField.Of<Household>("phone", FieldKind.Phone, h => h.PhoneHidden, "contact") with { Privacy = FieldPrivacy.Secret },
        RegisterField.Of<Household>("housing", FieldKind.Choice, h => h.Housing, "exit", "targeting") with { Choices = ["a", "b", "c", "d"], Route = FieldRoute.Township },
        RegisterField.Of<Household>("safe-water", FieldKind.YesNo, h => h.SafeWater, "exit", "targeting") with { Route = FieldRoute.Township },
        RegisterField.Of<Household>("food-and-clothing", FieldKind.YesNo, h => h.FoodAndClothing, "exit", "targeting") with { Route = FieldRoute.Township },
        RegisterField.Of<Household>("farmland", FieldKind.Mu, h => h.FarmlandCentimu, "targeting", "measures") with { Most = 10_000_00 },
        RegisterField.Of<Household>("cattle", FieldKind.Whole, h => h.Cattle, "targeting", "measures") with { Most = 10_000 },
        RegisterField.Of<Household>("sheep", FieldKind.Whole, h => h.Sheep, "targeting", "measures") with { Most = 10_000 },
        RegisterField.Of<Household>("vehicle", FieldKind.YesNo, h => h.Vehicle, "targeting"),
        RegisterField.Of<Household>("road", FieldKind.YesNo, h => h.RoadToDoor, "targeting"),
        RegisterField.Of<Household>("station-distance", FieldKind.Whole, h => h.StationDistanceMetres, "targeting") with { Most = 200_000 },
        RegisterField.Of<Household>("smartphone", FieldKind.YesNo, h => h.Smartphone, "targeting"),
        RegisterField.Of<Household>("signal", FieldKind.Choice, h => h.Signal, "targeting") with { Choices = ["none", "weak", "good"] },
        RegisterField.Of<Household>("broadband", FieldKind.YesNo, h => h.Broadband, "targeting"),
        RegisterField.Of<Household>("debt", FieldKind.Money, h => h.Debt, "targeting") with { Privacy = FieldPrivacy.Sensitive, Most = 1_000_000_000_00 },
        RegisterField.Of<Household>("skills", FieldKind.YesNo, h => h.HasSkills, "targeting"),
        RegisterField.Of<Household>("funds", FieldKind.YesNo, h => h.HasFunds, "targeting"),
        RegisterField.Of<Household>("idea", FieldKind.YesNo, h => h.HasIdea, "targeting"),
        RegisterField.Of<Household>("will", FieldKind.YesNo, h => h.HasWill, "targeting"),
    ];

    public static IReadOnlyList<RegisterField> OfMember { get; } =
    [
        RegisterField.Of<Member>("name", FieldKind.Text, m => m.Name, "identify", "procedure") with { Most = 50, IsRequired = true, Route = FieldRoute.Township },
        RegisterField.Of<Member>("identity", FieldKind.Identity, m => m.IdentityHidden, "identify") with { Privacy = FieldPrivacy.Secret, Route = FieldRoute.County },
        RegisterField.Of<Member>("sex", FieldKind.Choice, m => m.Sex, "identify", "measures") with { Choices = ["female", "male"], Route = FieldRoute.Township },
        RegisterField.Of<Member>("birth-day", FieldKind.Day, m => m.BirthDay, "identify", "targeting") with { Route = FieldRoute.Township },
        RegisterField.Of<Member>("birth-year", FieldKind.Whole, m => m.BirthYear, "identify", "targeting") with { Least = 1880, Most = 2200, Route = FieldRoute.Township },
        RegisterField.Of<Member>("ethnicity", FieldKind.Choice, m => m.Ethnicity, "measures") with { Choices = Ethnicities, Privacy = FieldPrivacy.Sensitive },
        RegisterField.Of<Member>("schooling", FieldKind.Choice, m => m.Schooling, "targeting", "measures") with { Choices = ["none", "primary", "junior", "senior", "vocational", "college"] },
        RegisterField.Of<Member>("in-school", FieldKind.YesNo, m => m.InSchool, "exit", "targeting"),
        RegisterField.Of<Member>("labour", FieldKind.Choice, m => m.Labour, "targeting") with { Choices = ["skilled", "ordinary", "weak", "none"] },
        RegisterField.Of<Member>("health", FieldKind.Choice, m => m.Health, "targeting", "procedure") with { Choices = ["well", "chronic", "serious", "disabled"], Privacy = FieldPrivacy.Sensitive, Route = FieldRoute.Township },
        RegisterField.Of<Member>("insurance", FieldKind.YesNo, m => m.MedicalInsurance, "exit", "targeting"),
        RegisterField.Of<Member>("away-months", FieldKind.Whole, m => m.AwayMonths, "targeting", "measures") with { Most = 12 },
        RegisterField.Of<Member>("away-place", FieldKind.Choice, m => m.AwayPlace, "measures") with { Choices = ["township", "county", "province", "elsewhere"] },
    ];

    public static IReadOnlyList<RegisterField> All { get; } = [.. OfHousehold, .. OfMember];

    /// <summary>What stands in the two tables without being about a person: keys, and what other fields lead to.</summary>
    public static IReadOnlyList<string> NotPersonal { get; } = ["Id", "HouseholdId", "Code", "Area", "Since", "Until", "MergedIntoId", "LeftBecause", "ApprovalCodeHash", "IdentityKey", "IdentityMask", "NameSound", "HeadName", "NameConsentSince", "Relation"];

    public static RegisterField? Find(FieldOwner owner, string key) => (owner == FieldOwner.Household ? OfHousehold : OfMember).FirstOrDefault(f => f.Key == key);
}
