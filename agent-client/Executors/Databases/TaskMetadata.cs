namespace Outrider.Agent.Executors.Databases;

/// <summary>What whoever made the task wants the database's own logs to say: a comment before the statements.</summary>
internal sealed record TaskMetadata(string? Env = null, string? Creator = null, string? Ticket = null);
