using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Territory;

/// <summary>Opens the installation for a command of the shell: database, schema up to date, services of all rooms.</summary>
internal static class Shell
{
    public static async Task<int> RunAsync(string? dataFolder, Func<IServiceProvider, Task<int>> work, CancellationToken ct)
    {
        await using var installation = await Installation.OpenAsync(dataFolder, ct: ct);
        await Migrator.MigrateAsync(installation.Connections.Owner, Migrator.In(typeof(Shell).Assembly), ct);
        await using var services = AnlaufHost.Services(RoomList.All, installation.Connections);
        return await work(services);
    }
}
