using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Voice.Ballots;

namespace Shanhuo.Voice;

/// <summary>Every table of voice by name.</summary>
internal static class VoiceTables
{
    extension(ShanhuoDb db)
    {
        public DbSet<Ballot> Ballots => db.Set<Ballot>();
        public DbSet<BallotVoter> BallotVoters => db.Set<BallotVoter>();
        public DbSet<BallotCounter> BallotCounters => db.Set<BallotCounter>();
        public DbSet<BallotPaper> BallotPapers => db.Set<BallotPaper>();
    }
}
