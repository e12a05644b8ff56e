using Microsoft.AspNetCore.Http;
using Shanhuo.Kernel.Pages;

namespace Shanhuo.Kernel;

/// <summary>Texts in the language of the request; pages know it as <c>T</c>.</summary>
public sealed class Say(Texts texts, IHttpContextAccessor http)
{
    /// <summary>The reader's language.</summary>
    public Language Language { get; } = http.HttpContext?.Items["language"] as Language? ?? Language.Zh;

    /// <summary>The text of a key.</summary>
    public string this[string key] => texts.Say(Language, key);

    /// <summary>The text of a key with its {0}, {1}… filled.</summary>
    public string this[string key, params object[] arguments] => texts.Say(Language, key, arguments);

    /// <summary>A refusal in words.</summary>
    public string Refusal(Refusal no) => texts.Say(Language, no);

    /// <summary>Whichever of two fits the language; the Chinese one where there is no English.</summary>
    public string Pick(string zh, string? en) => Language == Language.En && en is { Length: > 0 } ? en : zh;

    /// <summary>A day as people write it: 2026年11月21日 or 21 Nov 2026.</summary>
    public string Day(DateOnly day) => Dates.Day(day, Language);

    /// <summary>A month: 2026年11月 or Nov 2026.</summary>
    public string Month(DateOnly day) => Dates.Month(day, Language);
}
