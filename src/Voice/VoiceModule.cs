using Shanhuo.Kernel;

namespace Shanhuo.Voice;

/// <summary>What people decide together: ballots of a cooperative's assembly.</summary>
public sealed class VoiceModule : Module;
