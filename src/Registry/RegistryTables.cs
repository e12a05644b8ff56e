using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Accounts;
using Shanhuo.Registry.Areas;
using Shanhuo.Registry.Assistance;
using Shanhuo.Registry.Changes;
using Shanhuo.Registry.Duplicates;
using Shanhuo.Registry.Files;
using Shanhuo.Registry.Households.Fields;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Monitoring;
using Shanhuo.Registry.Organisations;
using Shanhuo.Registry.Procedure;
using Shanhuo.Registry.Targeting.Runs;
using Shanhuo.Registry.Trail;

namespace Shanhuo.Registry;

/// <summary>Every table of the register by name.</summary>
internal static class RegistryTables
{
    extension(ShanhuoDb db)
    {
        public DbSet<Area> Areas => db.Set<Area>();
        public DbSet<AreaChange> AreaChanges => db.Set<AreaChange>();
        public DbSet<Household> Households => db.Set<Household>();
        public DbSet<Member> Members => db.Set<Member>();
        public DbSet<HouseholdStatus> HouseholdStatuses => db.Set<HouseholdStatus>();
        public DbSet<Organisation> Organisations => db.Set<Organisation>();
        public DbSet<Membership> Memberships => db.Set<Membership>();
        public DbSet<Account> Accounts => db.Set<Account>();
        public DbSet<CodeSlip> CodeSlips => db.Set<CodeSlip>();
        public DbSet<MemberRole> MemberRoles => db.Set<MemberRole>();
        public DbSet<PovertyCause> PovertyCauses => db.Set<PovertyCause>();
        public DbSet<HouseholdIncome> Incomes => db.Set<HouseholdIncome>();
        public DbSet<Consent> Consents => db.Set<Consent>();
        public DbSet<FieldChange> FieldChanges => db.Set<FieldChange>();
        public DbSet<Case> Cases => db.Set<Case>();
        public DbSet<CaseStep> CaseSteps => db.Set<CaseStep>();
        public DbSet<Objection> Objections => db.Set<Objection>();
        public DbSet<Notice> Notices => db.Set<Notice>();
        public DbSet<AreaStatus> AreaStatuses => db.Set<AreaStatus>();
        public DbSet<HouseholdEvent> HouseholdEvents => db.Set<HouseholdEvent>();
        public DbSet<Warning> Warnings => db.Set<Warning>();
        public DbSet<AssistancePlan> AssistancePlans => db.Set<AssistancePlan>();
        public DbSet<Measure> AssistanceMeasures => db.Set<Measure>();
        public DbSet<Visit> AssistanceVisits => db.Set<Visit>();
        public DbSet<ChangeRequest> ChangeRequests => db.Set<ChangeRequest>();
        public DbSet<ChangeDecision> ChangeDecisions => db.Set<ChangeDecision>();
        public DbSet<ChangeTouch> ChangeTouches => db.Set<ChangeTouch>();
        public DbSet<CountyForms.CountyForm> CountyForms => db.Set<CountyForms.CountyForm>();
        public DbSet<CountyForms.FilledForm> FilledForms => db.Set<CountyForms.FilledForm>();
        public DbSet<Measures.Maps.Boundary> Boundaries => db.Set<Measures.Maps.Boundary>();
        public DbSet<Adjudication> Adjudications => db.Set<Adjudication>();
        public DbSet<RegisterFile> RegisterFiles => db.Set<RegisterFile>();
        public DbSet<AuditRecord> Trail => db.Set<AuditRecord>();
        public DbSet<TrailWaiting> TrailWaiting => db.Set<TrailWaiting>();
        public DbSet<TrailSeal> TrailSeals => db.Set<TrailSeal>();
        public DbSet<TargetingRule> TargetingRules => db.Set<TargetingRule>();
        public DbSet<TargetingVersion> TargetingVersions => db.Set<TargetingVersion>();
        public DbSet<TargetingRun> TargetingRuns => db.Set<TargetingRun>();
        public DbSet<TargetingAnswer> TargetingAnswers => db.Set<TargetingAnswer>();
    }
}
