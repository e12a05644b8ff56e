using System.Linq.Expressions;
using System.Reflection;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Households.Fields;

/// <summary>Whose field it is.</summary>
internal enum FieldOwner { Household, Member }

/// <summary>What a field takes.</summary>
internal enum FieldKind
{
    /// <summary>Text of at most <see cref="RegisterField.Most"/> characters.</summary>
    Text,

    /// <summary>One of <see cref="RegisterField.Choices"/>.</summary>
    Choice,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>A whole number from <see cref="RegisterField.Least"/> to <see cref="RegisterField.Most"/>.</summary>
    Whole,

    /// <summary>Mu with at most two decimals, kept in hundredths.</summary>
    Mu,

    /// <summary>Yuan with at most two decimals, kept in fen.</summary>
    Money,

    /// <summary>A day that is not in the future.</summary>
    Day,

    /// <summary>A number of GB 11643.</summary>
    Identity,

    /// <summary>A phone number, digits.</summary>
    Phone,
}

/// <summary>How far a field may be seen (PIPL article 28 for the sensitive ones).</summary>
internal enum FieldPrivacy
{
    /// <summary>By all who serve the household.</summary>
    Ordinary,

    /// <summary>By cadres and officials of the area; each look is recorded.</summary>
    Sensitive,

    /// <summary>Encrypted and masked; shown whole only for a stated reason, and recorded.</summary>
    Secret,
}

/// <summary>Which people a change of the field needs beside the one who asks.</summary>
internal enum FieldRoute
{
    /// <summary>One more person of the village or above.</summary>
    Village,

    /// <summary>An official of the township or above.</summary>
    Township,

    /// <summary>An official of the township, then one of the county.</summary>
    County,
}

/// <summary>One field of the register: what it is for, what it takes, who sees it, who must agree to a change. Pages, imports, exports, change requests, history and rules all read this list, so that a field stands in one place.</summary>
internal sealed record RegisterField(string Key, FieldOwner Owner, FieldKind Kind)
{
    private PropertyInfo property = null!;

    public FieldPrivacy Privacy { get; init; }
    public FieldRoute Route { get; init; }

    /// <summary>Codes, in the order of the list; texts are <c>register.KEY.CODE</c>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    public long Least { get; init; }
    public long Most { get; init; } = long.MaxValue;

    /// <summary>Must a new household or member have it?</summary>
    public bool IsRequired { get; init; }

    /// <summary>What it is used for: <c>identify</c>, <c>contact</c>, <c>procedure</c>, <c>targeting</c>, <c>measures</c>, <c>exit</c>; texts <c>register.purpose.X</c>. A field without one fails a test.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>Key of its name in texts.</summary>
    public string TextKey => "register." + Key;

    /// <summary>Name of the property that holds it.</summary>
    public string PropertyName => property.Name;

    /// <summary>The field held by a property of <see cref="Household"/> or <see cref="Member"/>.</summary>
    public static RegisterField Of<T>(string key, FieldKind kind, Expression<Func<T, object?>> held, params string[] purposes) =>
        new(key, typeof(T) == typeof(Household) ? FieldOwner.Household : FieldOwner.Member, kind) { Purposes = purposes, property = Held(held.Body) };

    /// <summary>Its value as it is kept in history and requests, culture-free; null: unknown. Of a secret field the hidden form.</summary>
    public string? Read(object owner) => property.GetValue(owner) switch
    {
        null => null,
        bool b => b ? "1" : "0",
        DateOnly d => d.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Fen f => f.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Sets what <see cref="Read"/> gave or <see cref="FieldValue.TryRead"/> took.</summary>
    public void Write(object owner, string? value)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        property.SetValue(owner, value is null ? null
            : type == typeof(bool) ? value == "1"
            : type == typeof(DateOnly) ? DateOnly.ParseExact(value, "yyyy-MM-dd", invariant)
            : type == typeof(Fen) ? new Fen(long.Parse(value, invariant))
            : type == typeof(int) ? int.Parse(value, invariant)
            : value);
    }

    private static PropertyInfo Held(Expression body) => body is UnaryExpression { Operand: var inner } ? Held(inner) : (PropertyInfo)((MemberExpression)body).Member;
}
