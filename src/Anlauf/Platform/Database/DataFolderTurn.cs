using System.Diagnostics;

namespace Anlauf.Platform.Database;

/// <summary>
/// Who uses a data folder: one host, which starts and stops its database, and any number of guests, which use the running one.
/// File locks say so: they vanish with a killed program.
/// </summary>
internal sealed class DataFolderTurn : IDisposable
{
    private readonly string folder;
    private readonly FileStream held;
    private FileStream? closed;

    private DataFolderTurn(string folder, FileStream held, bool isHost) => (this.folder, this.held, IsHost) = (folder, held, isHost);

    /// <summary>True where this program starts and stops the database.</summary>
    public bool IsHost { get; }

    /// <summary>Becomes the host, or null where another program is.</summary>
    public static DataFolderTurn? TryHost(string folder) =>
        Lock(HostFile(folder), FileAccess.ReadWrite, FileShare.None) is { } held ? new(folder, held, isHost: true) : null;

    /// <summary>Becomes a guest, or null while the host is closing.</summary>
    public static DataFolderTurn? TryGuest(string folder) =>
        Lock(GuestFile(folder), FileAccess.Read, FileShare.Read) is { } held ? new(folder, held, isHost: false) : null;

    /// <summary>Lets no new guest in and waits for those present, at most as long as <paramref name="patience"/>.</summary>
    public async Task GuestsLeaveAsync(TimeSpan patience)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            closed = Lock(GuestFile(folder), FileAccess.ReadWrite, FileShare.None);
            if (closed is not null || waited.Elapsed > patience) return;
            await Task.Delay(100);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        held.Dispose();
        closed?.Dispose();
    }

    private static string HostFile(string folder) => Path.Combine(folder, "anlauf.lock");

    private static string GuestFile(string folder) => Path.Combine(folder, "anlauf.guests");

    private static FileStream? Lock(string file, FileAccess access, FileShare share)
    {
        try { return new FileStream(file, FileMode.OpenOrCreate, access, share); }
        catch (IOException) when (File.Exists(file)) { return null; }
    }
}
