using Shanhuo.Kernel;

namespace Shanhuo.Surveys;

/// <summary>What people say when they are asked, and what the figures made of it can mean: questionnaires, tables, and the check of reported figures.</summary>
public sealed class SurveysModule : Module;
