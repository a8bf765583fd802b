namespace Outrider.MySql.Server;

/// <summary>What a server does with statements.</summary>
public interface IQueryHandler
{
    /// <summary>Answers one statement of one session. <c>KILL</c> never gets here; it cancels the token.</summary>
    ValueTask<QueryReply> HandleAsync(string sql, ServerSession session, CancellationToken cancellationToken);
}
