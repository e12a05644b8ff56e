namespace Shanhuo.Market.Buying.Addresses;

/// <summary>What of a pasted address a person should look at once more.</summary>
[Flags]
internal enum AddressDoubt
{
    None = 0,
    Name = 1,
    Phone = 2,

    /// <summary>Province, city or county.</summary>
    Region = 4,
    Rest = 8,
}

/// <summary>An address in its parts, as a parcel's label wants them. What was not found is empty.</summary>
/// <param name="Name">Who receives it.</param>
/// <param name="Phone">Digits; a landline with hyphens behind its area code, an extension behind a hyphen.</param>
/// <param name="Province">Official name: 甘肃省.</param>
/// <param name="City">Prefecture by its official name: 天水市; of a municipality its own name: 北京市; empty where a county lies directly in its province.</param>
/// <param name="County">County, district or banner by its official name; empty in a city without them.</param>
/// <param name="Rest">Township, village, street, house.</param>
/// <param name="Doubts">What was guessed, is missing, or fits in several ways.</param>
internal sealed record AddressParts(string Name, string Phone, string Province, string City, string County, string Rest, AddressDoubt Doubts);
