namespace Shanhuo.Settlement.Statements;

/// <summary>Links to the newer and the older page of a list; null where there is none.</summary>
internal sealed record Turn(string? Newer, string? Older);
