using System.CommandLine;
using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shanhuo.Kernel;
using Shanhuo.Migrations;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo backup FILE</c> and <c>shanhuo restore FILE</c>: the whole database and the public pictures and videos in one file, taken while the site runs. Keys are not in it: they are kept elsewhere, on purpose.</summary>
internal static class Backup
{
    private const string Manifest = "manifest.json", SqliteFile = "shanhuo.db", PostgresFile = "shanhuo.dump", Media = "media";

    /// <summary>What a backup says of itself.</summary>
    /// <param name="Database"><c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="MadeMs">When.</param>
    /// <param name="Migration">Last migration in it.</param>
    /// <param name="Sha256">Of the database file inside.</param>
    internal sealed record About(string Database, long MadeMs, string Migration, string Sha256);

    public static Command MakeBackup()
    {
        var file = new Argument<string>("file") { Description = "Where to write the backup (.zip) | 备份文件" };
        var command = new Command("backup", "Write the whole database to one file | 备份") { file };
        command.SetAction((parsed, cancel) => Session.Run(parsed, (session, stop) => Write(session, parsed.GetValue(file)!, stop), cancel));
        return command;
    }

    public static Command MakeRestore()
    {
        var file = new Argument<string>("file") { Description = "A backup | 备份文件" };
        var command = new Command("restore", "Bring a backup into an empty place | 恢复到空的数据文件夹") { file };
        command.SetAction((parsed, cancel) => Session.Run(parsed, (session, stop) => Read(session, parsed.GetValue(file)!, stop), cancel));
        return command;
    }

    private static async Task<int> Write(Session session, string file, CancellationToken cancel)
    {
        if (File.Exists(file)) return session.Refuse(new Refusal("backup.exists", Place.None, file));
        var folder = Directory.CreateTempSubdirectory("shanhuo-backup");
        try
        {
            var sqlite = !Databases.IsPostgres(session.Installation.Connection);
            var copy = Path.Combine(folder.FullName, sqlite ? SqliteFile : PostgresFile);
            if (sqlite)
            {
                await using var from = new SqliteConnection(session.Installation.Connection);
                await using var to = new SqliteConnection($"Data Source={copy};Pooling=false");
                await from.OpenAsync(cancel);
                await to.OpenAsync(cancel);
                from.BackupDatabase(to);
            }
            else if (await Postgres(session, "pg_dump", ["--format=custom", $"--file={copy}"], cancel) is { } no) return session.Refuse(no);
            var migration = (await session.Db.Database.GetAppliedMigrationsAsync(cancel)).LastOrDefault() ?? "";
            var about = new About(sqlite ? "sqlite" : "postgres", session.Clock.NowMs, migration, await Hash(copy, cancel));
            var part = file + ".part";
            await using (var zip = await ZipFile.OpenAsync(part, ZipArchiveMode.Create, cancel))
            {
                await zip.CreateEntryFromFileAsync(copy, Path.GetFileName(copy), CompressionLevel.Fastest, cancel);
                await AddMedia(zip, Path.Combine(session.Installation.DataFolder, Media), cancel);
                await using var entry = await zip.CreateEntry(Manifest).OpenAsync(cancel);
                await JsonSerializer.SerializeAsync(entry, about, cancellationToken: cancel);
            }
            File.Move(part, file);
            return session.Done("backup.done", file, new FileInfo(file).Length / 1024);
        }
        finally { folder.Delete(true); }
    }

    private static async Task<int> Read(Session session, string file, CancellationToken cancel)
    {
        if (!File.Exists(file)) return session.Refuse(new Refusal("backup.missing", Place.None, file));
        if (await HasTables(session, cancel)) return session.Refuse(new Refusal("backup.not-empty", Place.None, session.Installation.DataFolder));
        var folder = Directory.CreateTempSubdirectory("shanhuo-restore");
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(file, cancel);
            var entry = zip.GetEntry(Manifest);
            var about = entry is null ? null : await JsonSerializer.DeserializeAsync<About>(await entry.OpenAsync(cancel), cancellationToken: cancel);
            var sqlite = !Databases.IsPostgres(session.Installation.Connection);
            if (about is null) return session.Refuse(new Refusal("backup.not-one", Place.None, file));
            if (about.Database != (sqlite ? "sqlite" : "postgres")) return session.Refuse(new Refusal("backup.other-database", Place.None, file, about.Database));
            if (!(session.Db.Database.GetMigrations().Contains(about.Migration) || about.Migration.Length == 0)) return session.Refuse(new Refusal("backup.newer", Place.None, file, about.Migration));
            var name = sqlite ? SqliteFile : PostgresFile;
            var copy = Path.Combine(folder.FullName, name);
            await zip.GetEntry(name)!.ExtractToFileAsync(copy, cancel);
            if (await Hash(copy, cancel) != about.Sha256) return session.Refuse(new Refusal("backup.changed", Place.None, file));
            // Before the rows that name them.
            await TakeMedia(zip, Path.Combine(session.Installation.DataFolder, Media), cancel);
            if (sqlite)
            {
                await using var from = new SqliteConnection($"Data Source={copy};Pooling=false");
                await using var to = new SqliteConnection(session.Installation.Connection + ";Pooling=false");
                await from.OpenAsync(cancel);
                await to.OpenAsync(cancel);
                from.BackupDatabase(to);
            }
            else if (await Postgres(session, "pg_restore", ["--no-owner", "--single-transaction", $"--dbname={new NpgsqlConnectionStringBuilder(session.Installation.Connection).Database}", copy], cancel) is { } no) return session.Refuse(no);
            return session.Done("backup.restored", file);
        }
        catch (InvalidDataException) { return session.Refuse(new Refusal("backup.not-one", Place.None, file)); }
        finally { folder.Delete(true); }
    }

    // After the database: what was taken away meanwhile is named by rows of the copy and simply not there, as on the site.
    private static async Task AddMedia(ZipArchive zip, string folder, CancellationToken cancel)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            try { await zip.CreateEntryFromFileAsync(path, $"{Media}/{Path.GetFileName(path)}", CompressionLevel.NoCompression, cancel); }
            catch (FileNotFoundException) { }
    }

    private static async Task TakeMedia(ZipArchive zip, string folder, CancellationToken cancel)
    {
        foreach (var entry in zip.Entries.Where(e => e.FullName == $"{Media}/{e.Name}" && e.Name.Length > 0))
        {
            Directory.CreateDirectory(folder);
            await entry.ExtractToFileAsync(Path.Combine(folder, entry.Name), overwrite: true, cancel);
        }
    }

    private static async Task<bool> HasTables(Session session, CancellationToken cancel)
    {
        try { return (await session.Db.Database.GetAppliedMigrationsAsync(cancel)).Any(); }
        catch (Exception e) when (e is SqliteException or PostgresException) { return false; }
    }

    private static async Task<Refusal?> Postgres(Session session, string program, string[] arguments, CancellationToken cancel)
    {
        var at = new NpgsqlConnectionStringBuilder(session.Installation.Connection);
        var start = new ProcessStartInfo(program, [$"--host={at.Host}", $"--port={at.Port}", $"--username={at.Username}", .. arguments]) { RedirectStandardError = true };
        if (program == "pg_dump") start.ArgumentList.Add($"--dbname={at.Database}");
        if (at.Password is { Length: > 0 } password) start.Environment["PGPASSWORD"] = password;
        try
        {
            using var process = Process.Start(start)!;
            var error = await process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return process.ExitCode == 0 ? null : new Refusal("backup.tool-failed", Place.None, program, error.Trim());
        }
        catch (System.ComponentModel.Win32Exception) { return new Refusal("backup.no-tool", Place.None, program); }
    }

    private static async Task<string> Hash(string file, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
    }
}
