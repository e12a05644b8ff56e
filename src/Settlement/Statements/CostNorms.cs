using System.Text.Json;
using System.Text.Json.Serialization;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Statements;

/// <summary>What a product usually costs to grow, where the household wrote nothing down: always shown as an estimate with its source, never mixed with what was recorded.</summary>
internal sealed record CostNorm
{
    /// <summary>Code of the product; <c>*</c> for all that have none of their own.</summary>
    [JsonPropertyName("product")] public required string Product { get; init; }

    /// <summary>Part of the receipts, such as <c>45%</c>.</summary>
    [JsonPropertyName("ofReceipts")] public required string OfReceipts { get; init; }

    /// <summary>First day it holds.</summary>
    [JsonPropertyName("since")] public required DateOnly Since { get; init; }

    /// <summary>Who says so, and how sure it is.</summary>
    [JsonPropertyName("source")] public required string Source { get; init; }

    /// <summary>The same in English.</summary>
    [JsonPropertyName("sourceEn")] public required string SourceEn { get; init; }

    /// <summary>The part as a rate.</summary>
    public Rate Rate => Kernel.Rate.TryParse(OfReceipts, out var rate) ? rate : throw new FormatException($"The norm of '{Product}' has the rate '{OfReceipts}', which is none.");
}

/// <summary>The norms of <c>data/norms/production-costs.json</c>.</summary>
internal sealed class CostNorms
{
    private readonly IReadOnlyList<CostNorm> all = JsonSerializer.Deserialize<List<CostNorm>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "norms", "production-costs.json"))) ?? [];

    /// <summary>The norm in force for a product; null where there is none, which means that nothing is known.</summary>
    public CostNorm? For(string productCode, DateOnly on) =>
        all.Where(n => n.Since <= on && (n.Product == productCode || n.Product == "*")).OrderBy(n => n.Product == "*").ThenByDescending(n => n.Since).FirstOrDefault();
}
