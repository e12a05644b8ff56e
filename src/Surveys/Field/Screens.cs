using Shanhuo.Surveys.Forms;

namespace Shanhuo.Surveys.Field;

/// <summary>What is asked on one page.</summary>
/// <param name="Group">The group whose heading stands above, or null.</param>
/// <param name="Items">Questions, notes and inner groups in order.</param>
/// <param name="Repeat">Asked several times, a page each time; null: once.</param>
internal sealed record Screen(FormItem? Group, IReadOnlyList<FormItem> Items, FormItem? Repeat);

/// <summary>Divides a form into pages: an outer group or a repeat is a page, and of questions outside of groups up to five.</summary>
internal static class Screens
{
    public const int Ungrouped = 5;

    public static IReadOnlyList<Screen> Of(Questionnaire form)
    {
        var screens = new List<Screen>();
        var (items, of, repeat) = (new List<FormItem>(), (FormItem?)null, (FormItem?)null);
        foreach (var item in form.Items.Where(i => i.Kind is not (ItemKind.Device or ItemKind.Calculate)))
        {
            var outer = item;
            while (outer.Parent is { } parent) outer = parent;
            var (group, around) = (outer.Kind == ItemKind.Group ? outer : null, StoredColumns.RepeatOf(item));
            if (group != of || around != repeat || group is null && around is null && items.Count(i => i.HasAnswer) == Ungrouped) End();
            (of, repeat) = (group, around);
            if (item != outer && item != around || item.Kind is not (ItemKind.Group or ItemKind.Repeat)) items.Add(item);
        }
        End();
        return screens;

        void End()
        {
            if (items.Exists(i => i.Kind is not ItemKind.Group)) screens.Add(new(repeat ?? of, [.. items], repeat));
            items.Clear();
        }
    }
}
