namespace Outrider.Api.Health;

/// <summary>A part of the centre that says whether it can do its work.</summary>
public interface IReadinessCheck
{
    /// <summary>What is checked, such as <c>storage</c>.</summary>
    string Name { get; }

    /// <summary>How it is now. Quick; shows no secret, because anybody may ask.</summary>
    Task<ReadinessResult> CheckAsync(CancellationToken cancellation);
}
