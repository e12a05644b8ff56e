using System.Diagnostics;
using System.Globalization;

namespace Shanhuo.Market.Media;

/// <summary>Shrinks pictures with libvips in a process of its own, so that a picture made to harm takes down that process only: 256 MB of memory, 5 s of processor, nothing from the environment, no loader that libvips itself does not trust.</summary>
/// <param name="folders">Where the programs are looked for.</param>
internal sealed class ImageTool(params string[] folders)
{
    /// <summary>Address space of the process.</summary>
    public const long MostMemory = 256L * 1024 * 1024;

    /// <summary>What it may compute; the kernel kills it after that.</summary>
    public static readonly TimeSpan MostProcessor = TimeSpan.FromSeconds(5);

    /// <summary>How long it may take on a busy machine; we kill it after that.</summary>
    public static readonly TimeSpan MostWait = TimeSpan.FromSeconds(15);

    private const long MostOutput = 16L * 1024 * 1024;

    /// <summary>Is libvips there? It comes with Debian's package libvips-tools, prlimit with util-linux.</summary>
    public bool IsThere => Find("vips", folders) is not null && Find("prlimit") is not null;

    /// <summary>Writes a picture anew, turned upright, at most so wide, in sRGB, on white, without anything but its pixels.</summary>
    /// <param name="input">A file; what is damaged is not made up.</param>
    /// <param name="output">Its ending says the packing.</param>
    /// <param name="width">Pixels; never enlarged.</param>
    /// <param name="quality">1 to 100.</param>
    /// <param name="cancel">Kills it.</param>
    /// <returns>False: it could not be read, took too much, or cannot be written so.</returns>
    public async Task<bool> Shrink(string input, string output, int width, int quality, CancellationToken cancel)
    {
        var options = Path.GetExtension(output) switch { ".avif" => ",effort=2,compression=av1", ".jpg" => ",optimize-coding,background=255", _ => "" };
        string[] arguments =
        [
            "thumbnail", input, string.Create(CultureInfo.InvariantCulture, $"{output}[Q={quality},strip{options}]"), width.ToString(CultureInfo.InvariantCulture),
            "--height", "10000", "--size", "down", "--export-profile", "srgb", "--fail-on", "truncated",
        ];
        return await Run("vips", arguments, Path.GetDirectoryName(output)!, cancel) && File.Exists(output) && new FileInfo(output).Length > 0;
    }

    /// <summary>Runs a program within the bounds; false where it failed or was killed.</summary>
    public static async Task<bool> Run(string program, IEnumerable<string> arguments, string folder, CancellationToken cancel)
    {
        if (Find("prlimit") is not { } prlimit || Find(program) is not { } path) return false;
        var start = new ProcessStartInfo(prlimit) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        string[] bounds = [$"--as={MostMemory}", $"--cpu={(int)MostProcessor.TotalSeconds}", $"--fsize={MostOutput}", "--core=0", "--nofile=64", "--", path];
        foreach (var argument in bounds.Concat(arguments)) start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in new[] { ("PATH", "/usr/bin:/bin"), ("TMPDIR", folder), ("HOME", folder), ("VIPS_CONCURRENCY", "1"), ("MALLOC_ARENA_MAX", "1"), ("VIPS_BLOCK_UNTRUSTED", "1") }) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var said = Task.WhenAll(process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None), process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(MostWait);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancel.ThrowIfCancellationRequested();
            return false;
        }
        await said;
        return process.ExitCode == 0;
    }

    private static string? Find(string program, params string[] folders) => (folders.Length > 0 ? folders : ["/usr/bin", "/usr/local/bin", "/bin"]).Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);
}
