using System.Buffers;
using System.Collections.Frozen;

namespace Shanhuo.Market.Catalogue.Search;

/// <summary>Something that can be found.</summary>
/// <param name="Id">What the finder is told.</param>
/// <param name="Zh">Chinese texts: titles, names of the product and its place.</param>
/// <param name="En">English ones.</param>
/// <param name="Boost">Above 0; 1 is ordinary, 2 stands before what fits equally well.</param>
internal sealed record SearchEntry(long Id, IReadOnlyList<string> Zh, IReadOnlyList<string> En, double Boost = 1);

/// <summary>Something found.</summary>
/// <param name="Id">Of the entry.</param>
/// <param name="Score">Above 0, larger fits better; comparable within one query only.</param>
internal readonly record struct SearchHit(long Id, double Score);

/// <summary>Finds goods by what people type: characters, sounds in full or by first letters, sounds that are mixed up, English words, each with a slip. Built once, read by many at a time.</summary>
/// <remarks>A term (a stretch of characters or letters) is looked up in several ways, each with a weight; the best way counts. What holds more of the terms stands first, then what fits better, then the shorter text.</remarks>
internal sealed class SearchIndex
{
    // So many syllables need not all stand side by side: 兰州百合 is also 兰州鲜百合.
    private const int PartSounds = 4, MostTerms = 8, MostLetters = 64;
    private readonly Postings postings = new();
    private readonly List<SearchEntry> entries = [];
    private readonly List<int> shortest = [];
    private readonly FrozenDictionary<string, int> words;
    private readonly string[] sortedWords;

    public SearchIndex(IEnumerable<SearchEntry> all)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var characters = new Dictionary<char, (int[] Sounds, int[] Initials)>();
        foreach (var entry in all)
        {
            var place = entries.Count;
            var length = int.MaxValue;
            foreach (var text in entry.Zh.Concat(entry.En))
            {
                length = Math.Min(length, text.Length);
                foreach (var stretch in SearchText.Stretches(text))
                    if (stretch.IsHan) AddHan(stretch.Text, place, characters);
                    else
                    {
                        if (!numbers.TryGetValue(stretch.Text, out var word)) numbers.Add(stretch.Text, word = numbers.Count + 1);
                        postings.Add(Postings.Key(PieceKind.Word, word), place);
                    }
            }
            entries.Add(entry);
            shortest.Add(Math.Max(1, length == int.MaxValue ? 1 : length));
        }
        words = numbers.ToFrozenDictionary(StringComparer.Ordinal);
        sortedWords = [.. numbers.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>How many can be found.</summary>
    public int Count => entries.Count;

    /// <summary>The best hits, best first; the same query always gives the same order. Only the first 64 characters and 8 terms of a query count.</summary>
    public IReadOnlyList<SearchHit> Find(string query, int count)
    {
        var terms = SearchText.Stretches(query.Length > MostLetters ? query[..MostLetters] : query).Take(MostTerms).ToList();
        if (terms.Count == 0 || count < 1) return [];
        var (total, held) = (Scratch.Rent<double>(entries.Count), Scratch.Rent<byte>(entries.Count));
        foreach (var term in terms)
        {
            using var found = new TermScores(entries.Count);
            if (term.IsHan) LookHan(term.Text, found); else LookLetters(term.Text, found);
            var scores = found.Best;
            for (var place = 0; place < scores.Length; place++)
                if (scores[place] > 0) (total[place], held[place]) = (total[place] + scores[place], (byte)(held[place] + 1));
        }
        var typed = terms.Sum(t => t.Text.Length);
        var (best, most) = (new PriorityQueue<int, (double Score, int Late)>(), 4 * count);
        for (var place = 0; place < entries.Count; place++)
        {
            if (held[place] == 0) continue;
            var share = (double)held[place] / terms.Count;
            total[place] *= share * share * entries[place].Boost * (0.8 + 0.2 * Math.Min(1, (double)typed / shortest[place])) / terms.Count;
            if (best.Count < most) best.Enqueue(place, (total[place], -place));
            // Places come in their order: one that is no better than the least of the best stands behind it.
            else if (best.TryPeek(out _, out var least) && total[place] > least.Score) best.EnqueueDequeue(place, (total[place], -place));
        }
        SearchHit[] hits = [.. best.UnorderedItems.Select(b => b.Element).Select(p => (Place: p, Score: total[p] * (SoundsExactly(entries[p], terms) ? 1.1 : 1))).OrderByDescending(p => p.Score).ThenBy(p => p.Place).Take(count).Select(p => new SearchHit(entries[p.Place].Id, p.Score))];
        ArrayPool<double>.Shared.Return(total);
        ArrayPool<byte>.Shared.Return(held);
        return hits;
    }

    private void AddHan(string han, int place, Dictionary<char, (int[] Sounds, int[] Initials)> characters)
    {
        (int[] Sounds, int[] Initials) before = ([], []);
        for (var i = 0; i < han.Length; i++)
        {
            if (!characters.TryGetValue(han[i], out var now)) characters.Add(han[i], now = (Syllables.Of(han[i]), Syllables.InitialsOf(han[i])));
            postings.Add(Postings.Key(PieceKind.Han, han[i]), place);
            foreach (var sound in now.Sounds) postings.Add(Postings.Key(PieceKind.Sound, sound), place);
            if (i > 0) postings.Add(Postings.Key(PieceKind.HanPair, han[i - 1], han[i]), place);
            foreach (var first in before.Sounds)
                foreach (var second in now.Sounds) postings.Add(Postings.Key(PieceKind.SoundPair, first, second), place);
            foreach (var first in before.Initials)
                foreach (var second in now.Initials) postings.Add(Postings.Key(PieceKind.InitialPair, first, second), place);
            before = now;
        }
    }

    private void LookHan(string han, TermScores found)
    {
        if (han.Length == 1) found.Take(postings.With(Postings.Key(PieceKind.Han, han[0])), 1);
        else found.TakeShare(Enumerable.Range(1, han.Length - 1).Select(i => Postings.Key(PieceKind.HanPair, han[i - 1], han[i])), postings, all: 1, some: 0.8);
        foreach (var reading in Readings(han)) TakeSounds(reading, 0.6, found);
        // One character wrong, by shape or sound: whoever holds at least half of the characters is better than nothing.
        if (!found.Any && han.Length > 1) found.TakeShare(han.Select(c => Postings.Key(PieceKind.Han, c)), postings, all: 0.4, some: 0.3);
    }

    private void LookLetters(string letters, TermScores found)
    {
        if (words.TryGetValue(letters, out var word)) found.Take(postings.With(Postings.Key(PieceKind.Word, word)), 1);
        for (var at = ~Array.BinarySearch(sortedWords, letters + "\0", StringComparer.Ordinal); letters.Length > 1 && at < sortedWords.Length && sortedWords[at].StartsWith(letters, StringComparison.Ordinal); at++)
            found.Take(postings.With(Postings.Key(PieceKind.Word, words[sortedWords[at]])), 0.8);
        if (!letters.All(char.IsAsciiLetterLower)) return;
        foreach (var cut in Syllables.Cuts(letters)) TakeSounds(cut.Numbers, cut.IsWhole ? 0.9 : 0.7, found);
        if (letters.Length is > 1 and <= 8)
            found.Take(postings.WithAll([.. Enumerable.Range(1, letters.Length - 1).Select(i => Postings.Key(PieceKind.InitialPair, letters[i - 1], letters[i]))]), 0.7);
        if (found.Any || letters.Length is < 4 or > 24) return;
        foreach (var slip in SearchText.OneSlip(letters).Distinct())
        {
            if (words.TryGetValue(slip, out word)) found.Take(postings.With(Postings.Key(PieceKind.Word, word)), 0.6);
            foreach (var cut in Syllables.Cuts(slip).Where(c => c.IsWhole && c.Numbers.Length > 1)) TakeSounds(cut.Numbers, 0.5, found);
        }
    }

    private void TakeSounds(int[] sounds, double weight, TermScores found)
    {
        if (sounds.Length >= PartSounds) found.TakeShare(Pairs(sounds), postings, weight, 0.8 * weight);
        else if (sounds.Length == 1) found.Take(postings.With(Postings.Key(PieceKind.Sound, sounds[0])), weight / 2);
        else found.Take(postings.WithAll([.. Pairs(sounds)]), weight);
    }

    private static IEnumerable<ulong> Pairs(int[] sounds) => Enumerable.Range(1, sounds.Length - 1).Select(i => Postings.Key(PieceKind.SoundPair, sounds[i - 1], sounds[i]));

    // Of the first characters with several readings all are tried, up to 16 ways; after that the first one.
    private static List<int[]> Readings(string han)
    {
        List<int[]> ways = [[]];
        foreach (var c in han)
        {
            var sounds = Syllables.Of(c);
            if (sounds.Length == 0) return [];
            if (ways.Count * sounds.Length > 16) sounds = sounds[..1];
            ways = [.. ways.SelectMany(way => sounds.Select(s => (int[])[.. way, s]))];
        }
        return ways;
    }

    private static bool SoundsExactly(SearchEntry entry, List<Stretch> terms) =>
        terms.TrueForAll(term => term.IsHan || entry.Zh.Any(text => SearchText.Stretches(text).Any(s => s.IsHan && SearchText.SoundsAs(s.Text, term.Text))));
}
