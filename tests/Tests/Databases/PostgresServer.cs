using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Shanhuo.Tests.Databases;

/// <summary>A private PostgreSQL server of this test run, in a temporary folder, on a free port of the loopback address; gone with the run.</summary>
public sealed class PostgresServer : IDisposable
{
    private static readonly Lazy<PostgresServer> One = new(() => new PostgresServer());
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"shanhuo-pg-{Guid.NewGuid():N}");
    private readonly string binaries;

    private PostgresServer(bool durable = false)
    {
        binaries = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin")).First(d => File.Exists(Path.Combine(d, "initdb"))) : throw new InvalidOperationException("PostgreSQL is not installed; ./test installs it.");
        Directory.CreateDirectory(folder);
        if (AsRoot) Run("chown", "postgres", folder);
        Port = FreePort();
        Postgres("initdb", "-D", Data, "-U", "sh", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
        File.AppendAllText(Path.Combine(Data, "postgresql.conf"), $"""

            listen_addresses = '127.0.0.1'
            port = {Port}
            unix_socket_directories = '{folder}'
            max_connections = 200

            """ + (durable ? "" : "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"));
        StartUp();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    public static PostgresServer Shared => One.Value;

    /// <summary>One that keeps what it has acknowledged, as in use: slower, for tests that kill it.</summary>
    public static PostgresServer Durable() => new(true);

    public int Port { get; }

    private string Data => Path.Combine(folder, "data");

    private static bool AsRoot => Environment.UserName == "root";

    public string Connection(string database) => $"Host=127.0.0.1;Port={Port};Username=sh;Database={database};Maximum Pool Size=20";

    /// <summary>A new database, empty or a copy of another.</summary>
    public string Create(string? template = null)
    {
        var name = $"t{Guid.NewGuid():N}";
        Execute($"create database {name}" + (template is null ? "" : $" template {template}"));
        return name;
    }

    /// <summary>Ends every process of the server on the spot, as a lost machine would.</summary>
    public void Kill()
    {
        var head = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        using var list = Process.Start(new ProcessStartInfo("pgrep", ["-P", head.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        var others = list.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var id in others.Select(o => int.Parse(o, CultureInfo.InvariantCulture)).Prepend(head))
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
                process.WaitForExit(10_000);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException) { }
        File.Delete(Path.Combine(Data, "postmaster.pid"));
    }

    /// <summary>Starts it; after a kill it recovers from its log first.</summary>
    public void StartUp() => Postgres("pg_ctl", "-w", "-D", Data, "-l", Path.Combine(folder, "log"), "start");

    public void Drop(string name) => Execute($"drop database if exists {name} with (force)");

    public void Dispose()
    {
        try { Postgres("pg_ctl", "-D", Data, "-m", "immediate", "stop"); Directory.Delete(folder, true); }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException) { }
    }

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(Connection("postgres") + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private void Postgres(string program, params string[] arguments)
    {
        if (AsRoot) Run("runuser", ["-u", "postgres", "--", Path.Combine(binaries, program), .. arguments]);
        else Run(Path.Combine(binaries, program), arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        // pg_ctl start leaves a server behind that holds the pipe, so its output is not read to the end.
        if (!process.WaitForExit(60_000) || process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
