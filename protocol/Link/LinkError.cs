using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.Link;

/// <summary>Both ways: why the sender closes the link; nothing follows it.</summary>
/// <param name="Code">One of <see cref="ProblemCodes"/>.</param>
/// <param name="Message">For a person.</param>
/// <param name="RetryAfterSeconds">Dial again no sooner than this; null: as usual.</param>
public sealed record LinkError(string Code, string Message, int? RetryAfterSeconds = null) : ILinkMessage
{
    public static LinkError From(Problem problem) => new(problem.Code, problem.Message, problem.RetryAfterSeconds);

    public Problem ToProblem() => new(Code, Message) { RetryAfterSeconds = RetryAfterSeconds };
}
