namespace Outrider.Agent.Executors.Processes;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">128 and the signal's number when a signal ended it.</param>
/// <param name="Stopped">It was stopped before its own end: canceled, or its output wasn't taken any more.</param>
/// <param name="Output">Beginning and end of what it wrote to its standard output.</param>
internal sealed record ProcessEnd(int ExitCode, bool Stopped, OutputExcerpt Output);
