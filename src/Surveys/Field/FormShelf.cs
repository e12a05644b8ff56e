using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Shanhuo.Surveys.Forms;

namespace Shanhuo.Surveys.Field;

/// <summary>Questionnaires that were read, by the hash of their workbook: one is read once.</summary>
internal sealed class FormShelf
{
    private const int Most = 60;
    private readonly ConcurrentDictionary<string, Questionnaire> read = new(StringComparer.Ordinal);

    /// <summary>The questionnaire of a version.</summary>
    /// <exception cref="InvalidOperationException">It cannot be read, though it could when it was taken in.</exception>
    public async Task<Questionnaire> Of(SurveyVersion version, CancellationToken cancel)
    {
        if (read.TryGetValue(version.Hash, out var known)) return known;
        var (form, bad) = await XlsFormReader.Read(version.Workbook, version.FileName, cancel);
        if (form is null) throw new InvalidOperationException($"The questionnaire {version.SurveyId}/{version.Number} cannot be read any more: {bad[0]}");
        if (read.Count >= Most) read.Clear();
        return read[version.Hash] = form;
    }

    public static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The CSV sheets of a folder as one file.</summary>
    public static byte[] Zip(string folder)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in new[] { "survey.csv", "choices.csv", "settings.csv" })
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero); // the same files are the same bytes
                using var stream = entry.Open();
                stream.Write(File.ReadAllBytes(Path.Combine(folder, name)));
            }
        return memory.ToArray();
    }
}
