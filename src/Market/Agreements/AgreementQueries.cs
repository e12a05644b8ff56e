using Shanhuo.Kernel;

namespace Shanhuo.Market.Agreements;

/// <summary>Which agreements somebody meets.</summary>
internal static class AgreementQueries
{
    extension(ShanhuoDb db)
    {
        /// <summary>Those under which a household may deliver a product on a day: its own, and those of its cooperatives.</summary>
        public IQueryable<Agreement> OpenAgreements(AreaCode county, long productId, long householdId, List<long> cooperatives, DateOnly day)
        {
            var own = db.AgreementHouseholds.Where(h => h.County == county && h.HouseholdId == householdId);
            return db.Agreements.Where(a => a.County == county && a.ProductId == productId && a.From <= day && a.Until >= day && a.EndedDay == null
                && (own.Any(h => h.AgreementId == a.Id) || (a.SecondOrganisationId != null && cooperatives.Contains(a.SecondOrganisationId.Value))));
        }

        /// <summary>Those that the asker may read: a cooperative's manager its own, a station those of households and cooperatives of its county, staff and officials all of their county.</summary>
        public IQueryable<Agreement> MyAgreements =>
            db.Scope is { Role: Role.Cooperative, OrganisationId: { } own }
                ? db.Agreements.Where(a => a.FirstOrganisationId == own || a.SecondOrganisationId == own)
                : db.Agreements;
    }
}
