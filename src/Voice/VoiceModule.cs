using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Voice.Ballots;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Voice;

/// <summary>What people decide together: ballots of a cooperative's assembly.</summary>
public sealed class VoiceModule : Module
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services) => services
        .AddScoped<CallBallot>().AddScoped<OpenMeeting>().AddScoped<MarkPresent>().AddScoped<OpenBox>().AddScoped<EnterPapers>().AddScoped<ReadAgain>().AddScoped<CloseBallot>()
        .AddScoped<ISeedDemo, Demo.VotesDemo>();

    /// <inheritdoc/>
    public override IEnumerable<MenuEntry> Menu =>
        [new("voice.ballots", "/voice/ballots", "vote", Role.Household, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.Auditor) { Group = MenuGroup.Schemes }];
}
