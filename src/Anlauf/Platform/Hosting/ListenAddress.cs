using System.Net;
using System.Net.Sockets;

namespace Anlauf.Platform.Hosting;

/// <summary>Looks at the address of a server before anything is built: a port in use is said in one sentence.</summary>
public static class ListenAddress
{
    /// <summary>Why a server cannot listen on a port of this machine, as a German sentence with the remedy; null where it can.</summary>
    public static string? RefusalOf(int port)
    {
        if (port is < 1 or > 65535) return $"--port {port}: ein Port ist eine Zahl von 1 bis 65535.";
        return Probe(IPAddress.Loopback, port) is { } problem ? $"{problem} Abhilfe: --port {NextFree(port)}" : null;
    }

    /// <summary>The same for the addresses of <c>--urls</c>, separated by semicolons.</summary>
    public static string? RefusalOf(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            BindingAddress address;
            try { address = BindingAddress.Parse(url); }
            catch (FormatException) { return $"--urls: „{url}“ ist keine Adresse. Gemeint ist etwas wie http://127.0.0.1:5080."; }
            if (address.IsUnixPipe || address.IsNamedPipe) continue;
            if (address.Port is < 0 or > 65535) return $"--urls: „{url}“ nennt keinen Port von 1 bis 65535.";
            var ip = address.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(address.Host.Trim('[', ']'), out var named) ? named : IPAddress.Any;
            if (Probe(ip, address.Port) is { } problem) return $"{problem} Abhilfe: --urls {address.Scheme}://{address.Host}:{NextFree(address.Port)}";
        }
        return null;
    }

    private static string? Probe(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"Port {port} ist belegt.",
                SocketError.AccessDenied => $"Port {port} darf nur mit besonderen Rechten geöffnet werden.",
                _ => $"Auf {address}:{port} lässt sich kein Server öffnen ({e.Message}).",
            };
        }
    }

    private static int NextFree(int port) => Enumerable.Range(Math.Max(port, 1024) + 1, 100).FirstOrDefault(p => p <= 65535 && Probe(IPAddress.Loopback, p) is null, 5080);
}
