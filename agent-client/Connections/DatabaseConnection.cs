using Outrider.MySql.Transport;

namespace Outrider.Agent.Connections;

/// <summary>A database as one task uses it, its secrets filled in. None of it but <see cref="ToString"/> is for showing.</summary>
internal sealed record DatabaseConnection
{
    /// <summary>Its name in connections.json; null: the task gave it itself.</summary>
    public string? Name { get; init; }

    public required string Type { get; init; }

    /// <summary>A name or address. Of a database that the task gave it is an address that the host rules let through.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required string User { get; init; }

    public string Password { get; init; } = "";

    public string? Database { get; init; }

    public TlsMode Tls { get; init; }

    public string? TlsCaFile { get; init; }

    public string? ApiKey { get; init; }

    public string? AuthDatabase { get; init; }

    /// <summary>Whether its owner lets tasks write there.</summary>
    public bool Write { get; init; }

    public GoInceptionSettings? GoInception { get; init; }

    /// <summary>Whether it is exactly as connections.json has it, so that sessions may be kept for the next task.</summary>
    public bool IsShared { get; init; }

    /// <summary>What it is called in results.</summary>
    public override string ToString() => Name ?? $"{Host}:{Port}";
}
