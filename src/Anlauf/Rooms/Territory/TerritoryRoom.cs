using System.CommandLine;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Imports;
using Anlauf.Rooms.Territory.Boundaries;
using Anlauf.Rooms.Territory.Facts;
using Anlauf.Rooms.Territory.Maps;

namespace Anlauf.Rooms.Territory;

/// <summary>Land, Kreis, Gemeinde: areas, keys over time, boundaries, election results. The ground floor; it knows no other room.</summary>
public sealed class TerritoryRoom : IRoom
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<SchematicAreas>();
        services.AddScoped<ImportMunicipalities>();
        services.AddScoped<ImportKeyChanges>();
        services.AddScoped<ImportElectionResults>();
        services.AddScoped<IFileImport>(s => s.GetRequiredService<ImportMunicipalities>());
        services.AddScoped<IFileImport>(s => s.GetRequiredService<ImportKeyChanges>());
        services.AddScoped<IFileImport>(s => s.GetRequiredService<ImportElectionResults>());
        services.AddScoped<ImportBoundaries>();
        services.AddScoped<IFileImport>(s => s.GetRequiredService<ImportBoundaries>());
        services.AddScoped<IFileImport, ImportPostalCodes>();
        services.AddScoped<WhiteSpots>();
        services.AddScoped<TerritoryDirectory>();
        services.AddSingleton<TerritoryMaps.Cache>();
        services.AddScoped<TerritoryMaps>();
        services.AddSingleton<BoundaryProgress>();
        services.AddHostedService<RealBoundaries>();
        services.AddScoped<TerritoryFacts>();
    }

    /// <inheritdoc/>
    public IEnumerable<Command> Commands() => [ImportCommand.Build(), WhiteSpots.BuildCommand(), DistrictCommand.Build(), SeatsCommand.Build(), TerritoryFacts.BuildCommand()];
}
