using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Close;

/// <summary>Which cooperative's books somebody may open.</summary>
internal static class Cooperatives
{
    extension(ShanhuoDb db)
    {
        /// <summary>The cooperatives whose books are open to the one who asks: the own one for its manager, all of the area for officials.</summary>
        public IQueryable<OrganisationFact> OpenCooperatives
        {
            get
            {
                var (scope, own) = (db.Scope, db.Scope.OrganisationId);
                var (first, last) = own is null ? (scope.FirstArea, scope.LastArea) : (scope.FirstCounty, scope.LastArea.Value < 0 ? scope.LastArea : scope.County.Last);
                return db.OrganisationFacts.Where(o => o.Kind == OrganisationKind.Cooperative && o.Area >= first && o.Area <= last && (own == null || o.Id == own));
            }
        }

        /// <summary>This cooperative, if its books are open to the one who asks; else null.</summary>
        public Task<OrganisationFact?> OpenCooperative(long id, CancellationToken cancel) => db.OpenCooperatives.SingleOrDefaultAsync(o => o.Id == id, cancel);

        /// <summary>Last day of the last close that is posted or before the assembly; nothing is booked up to it any more. Null: there is none.</summary>
        public Task<DateOnly?> ClosedUntil(AreaCode county, long organisationId, CancellationToken cancel) =>
            db.Closes.Where(c => c.County == county && c.OrganisationId == organisationId && (c.State == CloseState.Confirmed || c.State == CloseState.Proposed)).MaxAsync(c => (DateOnly?)c.Until, cancel);
    }
}
