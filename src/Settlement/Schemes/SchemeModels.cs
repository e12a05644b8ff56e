using System.Globalization;
using System.Text;

namespace Shanhuo.Settlement.Schemes;

/// <summary>The example schemes of the four organisation models, as they lie beside the program in data/schemes.</summary>
internal sealed class SchemeModels
{
    /// <summary>Hu and Ma describe four.</summary>
    public const int Count = 4;

    private readonly string[] documents;

    /// <exception cref="InvalidOperationException">A file is missing, stands twice, or holds no scheme.</exception>
    public SchemeModels()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "data", "schemes");
        documents = [.. Enumerable.Range(1, Count).Select(number => Read(folder, number))];
        Schemes = [.. documents.Select(document => SchemeReader.TryRead(Encoding.UTF8.GetBytes(document), DateOnly.MaxValue, out var scheme, out var faults) ? scheme : throw new InvalidOperationException($"data/schemes: {faults[0]}"))];
    }

    /// <summary>In the order of the models.</summary>
    public IReadOnlyList<Scheme> Schemes { get; }

    public bool Has(int model) => model is >= 1 and <= Count;

    /// <summary>The scheme of a model, 1 to 4.</summary>
    public Scheme Of(int model) => Schemes[model - 1];

    /// <summary>Its document in canonical form.</summary>
    public string Document(int model) => Of(model).Json;

    private static string Read(string folder, int number)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, string.Create(CultureInfo.InvariantCulture, $"{number}-*.json")) : [];
        return files.Length == 1 ? File.ReadAllText(files[0]) : throw new InvalidOperationException($"data/schemes holds {files.Length} schemes of model {number}.");
    }
}
