using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Bulk;

/// <summary>All lots of LOTS.csv in order of first appearance, with who handed in what.</summary>
internal sealed class LotBook
{
    private readonly Utf8Index index = new();
    private readonly List<BulkLot> lots = [];
    private readonly Owners households = new(), villages = new();

    public List<BulkLot> Lots => lots;

    /// <summary>The number of a lot, or -1.</summary>
    public int Find(ReadOnlySpan<byte> id) => index.Find(id);

    /// <summary>Adds a lot that is new.</summary>
    public int Add(BulkLot lot)
    {
        lots.Add(lot);
        return index.Add(lot.Id);
    }

    /// <summary>Adds an intake to a lot.</summary>
    public void AddIntake(int lot, ReadOnlySpan<byte> household, ReadOnlySpan<byte> village, long quantity, long price, long contract)
    {
        var known = lots[lot];
        var value = (Int128)quantity * price;
        known.Value += value;
        known.ContractValue += (Int128)quantity * contract;
        known.Quantity += quantity;
        households.Add(lot, household, quantity, value);
        if (known.HasVillages) villages.Add(lot, village, quantity, value);
    }

    /// <summary>Puts owners in ordinal order and fixes the lots' terms, when all is read.</summary>
    public void Seal()
    {
        foreach (var lot in lots) lot.Seal();
        households.Sort();
        villages.Sort();
    }

    /// <summary>Divides the growers' pool of a lot.</summary>
    public void PayHouseholds(int lot, long fen, Paying pay) => households.Pay(lot, fen, lots[lot].Value > 0, pay);

    /// <summary>Divides the village fund of a lot.</summary>
    public void PayVillages(int lot, long fen, Paying pay) => villages.Pay(lot, fen, lots[lot].Value > 0, pay);

    /// <summary>Told of each owner in ordinal order with its part.</summary>
    internal delegate void Paying(ReadOnlySpan<byte> owner, long fen);

    private sealed class Owners
    {
        private readonly Utf8Index names = new();
        private readonly List<(int Lot, int Name, long Quantity, Int128 Value)> held = [];
        private (int Lot, int Name, long Quantity, Int128 Value)[] sorted = [];
        private int at;

        public void Add(int lot, ReadOnlySpan<byte> owner, long quantity, Int128 value) => held.Add((lot, names.Add(owner), quantity, value));

        public void Sort()
        {
            var order = new int[names.Count];
            for (var i = 0; i < order.Length; i++) order[i] = i;
            Array.Sort(order, (a, b) => names[a].SequenceCompareTo(names[b]));
            var rank = new int[order.Length];
            for (var i = 0; i < order.Length; i++) rank[order[i]] = i;
            sorted = [.. held];
            held.Clear();
            held.Capacity = 0;
            var keys = Array.ConvertAll(sorted, entry => (ulong)(uint)entry.Lot << 32 | (uint)rank[entry.Name]);
            Array.Sort(keys, sorted);
        }

        /// <summary>Lots must come in ascending order.</summary>
        public void Pay(int lot, long fen, bool byValue, Paying pay)
        {
            while (at < sorted.Length && sorted[at].Lot < lot) at++;
            var (owners, weights) = (new List<int>(), new List<Int128>());
            for (; at < sorted.Length && sorted[at].Lot == lot; at++)
            {
                var entry = sorted[at];
                if (owners.Count == 0 || owners[^1] != entry.Name)
                {
                    owners.Add(entry.Name);
                    weights.Add(0);
                }
                weights[^1] += byValue ? entry.Value : entry.Quantity;
            }
            var parts = new long[owners.Count];
            Webster.Apportion(fen, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(weights), parts);
            for (var i = 0; i < parts.Length; i++) pay(names[owners[i]], parts[i]);
        }
    }
}
