namespace Anlauf.Platform.Hosting;

/// <summary>What an installation is opened for: it decides whether a new one may be made and whether a running one may be shared.</summary>
public enum Opening
{
    /// <summary>A server: makes the installation where there is none, and is its only host.</summary>
    Server,

    /// <summary>A command that fills an installation (import, restore, the first account): makes one where there is none, and works beside a server.</summary>
    Filling,

    /// <summary>A command on what is there: a mistyped folder is refused instead of made; works beside a server.</summary>
    Existing,
}
