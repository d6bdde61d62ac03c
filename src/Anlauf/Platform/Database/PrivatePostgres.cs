using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Anlauf.Platform.Database;

/// <summary>
/// The private PostgreSQL of one installation: its own cluster in the data folder, reached through a unix socket only.
/// It outlives a killed program; the next start recognises it, or recovers what a crash has left.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Superuser = "postgres";
    private readonly string native, cluster, sockets, secret;
    private readonly string? announcedPid;
    private readonly DataFolderTurn turn;
    private readonly bool durable;

    private PrivatePostgres(string dataFolder, DataFolderTurn turn, bool durable)
    {
        (this.turn, this.durable) = (turn, durable);
        var home = HomeOf(dataFolder);
        native = PostgresBinaries.InstallInto(home);
        cluster = Path.Combine(home, "cluster");
        announcedPid = home == dataFolder ? null : Path.Combine(dataFolder, "postmaster.pid");
        sockets = SocketFolder(home);
        secret = SecretOf(home);
    }

    /// <summary>True where a database left running by a killed predecessor was taken over.</summary>
    public bool TakenOver { get; private set; }

    /// <summary>True where the folder holds a cluster already.</summary>
    public static bool ExistsIn(string dataFolder)
    {
        var folder = Path.GetFullPath(dataFolder);
        return new[] { InsideHome(folder), OutsideHome(folder) }.Any(home => File.Exists(Path.Combine(home, "cluster", "PG_VERSION")));
    }

    /// <summary>Starts the cluster below <paramref name="dataFolder"/>, creating it on the first start.</summary>
    /// <param name="dataFolder">Folder of the installation; made where absent.</param>
    /// <param name="durable">false trades safety at power loss for speed: for throw-away databases of tests only.</param>
    /// <param name="share">true uses the running cluster of another program, a server for example, instead of being refused.</param>
    /// <exception cref="DatabaseUnavailableException">Another program uses the folder, or PostgreSQL does not start.</exception>
    public static async Task<PrivatePostgres> StartAsync(string dataFolder, bool durable = true, bool share = false, CancellationToken ct = default)
    {
        var folder = Path.GetFullPath(dataFolder);
        Directory.CreateDirectory(folder);
        for (var patience = Stopwatch.StartNew(); ;)
        {
            if (DataFolderTurn.TryHost(folder) is { } host) return await HostAsync(folder, host, durable, ct);
            // the host may be starting still, or just leaving
            if (share && await JoinAsync(folder, durable, ct) is { } joined) return joined;
            if (!share || patience.Elapsed > TimeSpan.FromSeconds(60))
                throw new DatabaseUnavailableException($"Der Datenordner {folder} wird gerade von einem anderen laufenden Anlauf benutzt. Abhilfe: jenes Programm beenden oder mit --data einen anderen Ordner nennen.");
            await Task.Delay(200, ct);
        }
    }

    private static async Task<PrivatePostgres> HostAsync(string folder, DataFolderTurn turn, bool durable, CancellationToken ct)
    {
        try
        {
            var postgres = new PrivatePostgres(folder, turn, durable);
            if (!File.Exists(Path.Combine(postgres.cluster, "PG_VERSION"))) postgres.Initialise();
            if (await postgres.AnswersAsync(ct)) postgres.TakenOver = true;
            else await postgres.LaunchAsync(ct);
            postgres.AnnouncePid();
            return postgres;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>The cluster another program runs in the folder, or null where it does not answer (yet).</summary>
    private static async Task<PrivatePostgres?> JoinAsync(string folder, bool durable, CancellationToken ct)
    {
        if (!ExistsIn(folder) || DataFolderTurn.TryGuest(folder) is not { } turn) return null;
        try
        {
            var postgres = new PrivatePostgres(folder, turn, durable);
            if (await postgres.AnswersAsync(ct)) return postgres;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
        turn.Dispose();
        return null;
    }

    /// <summary>Connection string of the cluster's administrator for one of its databases.</summary>
    public string AdministratorConnection(string database = "postgres") => new NpgsqlConnectionStringBuilder
    {
        Host = sockets,
        Username = Superuser,
        Password = secret,
        Database = database,
        Timeout = 15,
        Pooling = false,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        IncludeErrorDetail = false,
    }.ConnectionString;

    /// <summary>The random secret kept (0600) beside the cluster; the passwords of the other database roles are derived from it.</summary>
    public string DerivedSecret(string purpose) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(purpose)));

    /// <summary>Stops the cluster (open transactions are rolled back) and gives the data folder free; a guest only leaves.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        using var leaving = turn;
        if (!turn.IsHost) return;
        // a backup beside a server that is told to stop may finish
        await turn.GuestsLeaveAsync(TimeSpan.FromSeconds(20));
        Run("pg_ctl", "stop", "-D", cluster, "-m", durable ? "fast" : "immediate", "-w", "-t", "30");
        if (announcedPid is not null) File.Delete(announcedPid);
    }

    private void Initialise()
    {
        var making = cluster + ".new";
        if (Directory.Exists(making)) Directory.Delete(making, recursive: true);
        var password = Path.Combine(Path.GetDirectoryName(cluster)!, "initial");
        File.WriteAllText(password, secret);
        ServiceUser.Own(password);
        var (code, output) = Run("initdb", "-D", making, "-U", Superuser, "-A", "scram-sha-256", "--pwfile", password,
            "-E", "UTF8", "--locale-provider=icu", "--icu-locale=de-DE", "--locale=C", durable ? "--data-checksums" : "--no-sync");
        File.Delete(password);
        if (code != 0) throw new DatabaseUnavailableException("Die Datenbank lässt sich nicht anlegen:\n" + output);
        Directory.Move(making, cluster);
    }

    private async Task LaunchAsync(CancellationToken ct)
    {
        await ClearStalePidAsync(ct);
        // throw-away databases of many tests share one server: each has pools of its own
        var options = $"-k {sockets} -c listen_addresses= -c unix_socket_permissions=0700 -c max_connections={(durable ? 60 : 240)} " +
            "-c shared_buffers=256MB -c random_page_cost=1.1 -c jit=off -c timezone=Europe/Berlin -c log_destination=stderr " +
            (durable ? "" : "-c fsync=off -c full_page_writes=off -c synchronous_commit=off ");
        // the log is rotated by starting anew: it holds the errors of this run only
        var log = Path.Combine(Path.GetDirectoryName(cluster)!, "postgres.log");
        for (var attempt = 1; ; attempt++)
        {
            File.Delete(log);
            var (code, output) = Run("pg_ctl", "start", "-D", cluster, "-l", log, "-w", "-t", "120", "-o", options);
            if (code == 0 || await AnswersAsync(ct)) return;
            var why = File.Exists(log) ? await File.ReadAllTextAsync(log, ct) : output;
            // the children of a killed postmaster need a moment to notice and to let go of its shared memory
            if (attempt >= 20 || !why.Contains("shared memory block", StringComparison.Ordinal))
                throw new DatabaseUnavailableException("Die Datenbank startet nicht. PostgreSQL meldet:\n" + why.Trim());
            await Task.Delay(500, ct);
        }
    }

    /// <summary>After a hard kill postmaster.pid may name a zombie or a foreign process; pg_ctl would believe it. A live one is waited for.</summary>
    private async Task ClearStalePidAsync(CancellationToken ct)
    {
        var file = Path.Combine(cluster, "postmaster.pid");
        var socketLock = Path.Combine(sockets, ".s.PGSQL.5432.lock");
        for (var patience = Stopwatch.StartNew(); File.Exists(file) && IsLivePostgres(file) && patience.Elapsed < TimeSpan.FromSeconds(60);)
        {
            if (await AnswersAsync(ct)) { TakenOver = true; return; }
            await Task.Delay(100, ct);
        }
        File.Delete(file);
        if (File.Exists(socketLock) && !IsLivePostgres(socketLock)) File.Delete(socketLock);
    }

    private static bool IsLivePostgres(string pidFile)
    {
        try
        {
            var pid = int.Parse(File.ReadLines(pidFile).First(), System.Globalization.CultureInfo.InvariantCulture);
            if (!OperatingSystem.IsLinux()) { using var p = Process.GetProcessById(pid); return p.ProcessName == "postgres"; }
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat.Contains("(postgres)", StringComparison.Ordinal) && stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or InvalidOperationException) { return false; }
    }

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(sockets, ".s.PGSQL.5432"))) return false;
        try
        {
            await using var connection = new NpgsqlConnection(AdministratorConnection());
            await connection.OpenAsync(ct);
            return true;
        }
        catch (NpgsqlException) { return false; }
    }

    private (int Code, string Output) Run(string program, params string[] arguments)
    {
        // stdin and stdout closed to the child: the postmaster must not hold our terminal or pipe open after us
        var start = new ProcessStartInfo(Path.Combine(native, "bin", program), arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = program == "initdb",
            RedirectStandardError = program == "initdb",
        };
        if (program != "initdb") start = Quiet(start);
        if (ServiceUser.Name is { } user) start.UserName = user;
        start.Environment["LD_LIBRARY_PATH"] = Path.Combine(native, "lib");
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        using var process = Process.Start(start)!;
        var output = program == "initdb" ? process.StandardOutput.ReadToEndAsync() : Task.FromResult("");
        var errors = program == "initdb" ? process.StandardError.ReadToEndAsync() : Task.FromResult("");
        process.WaitForExit();
        return (process.ExitCode, output.Result + errors.Result);
    }

    private static ProcessStartInfo Quiet(ProcessStartInfo command)
    {
        var quiet = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" </dev/null >/dev/null 2>&1", command.FileName, .. command.ArgumentList])
        { WorkingDirectory = command.WorkingDirectory };
        return quiet;
    }

    /// <summary>Where the cluster lives: the data folder, or a folder that the service user can reach where that is closed to it.</summary>
    private static string HomeOf(string dataFolder)
    {
        var inside = InsideHome(dataFolder);
        return Prepare(ServiceUser.CanEnter(inside) ? inside : OutsideHome(dataFolder));

        static string Prepare(string home)
        {
            if (Directory.Exists(home)) return home;
            Directory.CreateDirectory(home);
            if (ServiceUser.Name is not null) ServiceUser.Own(home);
            return home;
        }
    }

    private static string InsideHome(string dataFolder) => Path.Combine(dataFolder, "postgres");

    private static string OutsideHome(string dataFolder) => Path.Combine("/var/lib/anlauf", ShortHash(dataFolder));

    private static string SocketFolder(string home)
    {
        // a socket's path may have 107 bytes at most
        var folder = home.Length < 80 ? Path.Combine(home, "run") : Path.Combine("/tmp", "anlauf-" + ShortHash(home));
        if (Directory.Exists(folder)) return folder;
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        ServiceUser.Own(folder);
        return folder;
    }

    private static string SecretOf(string home)
    {
        var file = Path.Combine(home, "secret");
        if (File.Exists(file)) return File.ReadAllText(file);
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        using var writer = new StreamWriter(new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }));
        writer.Write(secret);
        return secret;
    }

    /// <summary>Where the cluster lies elsewhere, its process id is still named in the data folder, for those who look for it there.</summary>
    private void AnnouncePid()
    {
        if (announcedPid is not null) File.Copy(Path.Combine(cluster, "postmaster.pid"), announcedPid, overwrite: true);
    }

    private static string ShortHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
