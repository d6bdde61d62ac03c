namespace Anlauf.Platform.Web;

/// <summary>Who to ask for a right one does not have; said on the page of a refused address.</summary>
public interface IGrantingOffice
{
    /// <summary>„Landesgeschäftsführung, LV Sachsen“: the nearest office, held by somebody else, that gives out offices; null where there is none.</summary>
    Task<string?> FindAsync(CancellationToken ct);
}
