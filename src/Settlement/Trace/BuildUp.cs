namespace Shanhuo.Settlement.Trace;

/// <summary>A price build-up with the words of its unit and product, for the partial page that draws it.</summary>
internal sealed record BuildUp(PriceBuildUp Price, string Unit, string Product);
