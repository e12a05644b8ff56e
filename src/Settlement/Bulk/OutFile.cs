namespace Shanhuo.Settlement.Bulk;

/// <summary>A file that appears whole or not at all: it is written beside its place under another name and moved there when all is well.</summary>
internal sealed class OutFile : IDisposable
{
    private readonly string target;
    private readonly bool isDevice;
    private string? temporary;

    /// <summary>Opens it for writing.</summary>
    /// <param name="path">Where it will stand; a link is followed.</param>
    /// <exception cref="IOException">Or <see cref="UnauthorizedAccessException"/>: nothing can be written there.</exception>
    public OutFile(string path)
    {
        var full = Path.GetFullPath(path);
        // A pipe or device such as /dev/stdout cannot be moved onto; it gets a copy of the finished file.
        isDevice = full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal);
        target = !isDevice && new FileInfo(full) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : full;
        if (Directory.Exists(target)) throw new IOException("is a directory");
        var folder = isDevice ? Path.GetTempPath() : Path.GetDirectoryName(target)!;
        temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        Stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
    }

    public FileStream Stream { get; }

    /// <summary>Puts it in its place.</summary>
    public void Finish()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        if (isDevice)
        {
            using (var copy = File.OpenRead(temporary!))
            using (var device = new FileStream(target, FileMode.Open, FileAccess.Write))
                copy.CopyTo(device);
            File.Delete(temporary!);
        }
        else
        {
            File.Move(temporary!, target, overwrite: true);
        }
        temporary = null;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (temporary is not null) File.Delete(temporary);
    }
}

/// <summary>The output could not be written: a full disk, a closed pipe.</summary>
internal sealed class OutFileException(string message, Exception inner) : IOException(message, inner);
