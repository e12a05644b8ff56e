namespace Shanhuo.Kernel.Pages;

/// <summary>The few words that the pieces of this folder say themselves; drawing functions take a language and need no service.</summary>
internal static class PageTexts
{
    private static readonly Texts Own = new([typeof(Texts).Assembly]);

    public static string Say(Language language, string key, params object[] arguments) => Own.Say(language, key, arguments);
}
