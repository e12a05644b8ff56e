using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Field;

namespace Shanhuo.Surveys;

/// <summary>Every table of surveys by name.</summary>
internal static class SurveysTables
{
    extension(ShanhuoDb db)
    {
        public DbSet<Survey> Surveys => db.Set<Survey>();
        public DbSet<SurveyVersion> SurveyVersions => db.Set<SurveyVersion>();
        public DbSet<SurveyOpening> SurveyOpenings => db.Set<SurveyOpening>();
        public DbSet<Response> Responses => db.Set<Response>();
        public DbSet<ResponseFile> ResponseFiles => db.Set<ResponseFile>();
    }
}
