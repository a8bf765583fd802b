using Outrider.Grains.Runtime;

namespace Outrider.Tests.Conformance.Grains;

/// <summary>Shows how calls run.</summary>
public interface IWorker : IGrain
{
    /// <summary>Records "start name", waits for the gate of that name, records "end name".</summary>
    Task HoldAsync(string name, CancellationToken cancellation);

    /// <summary>As <see cref="HoldAsync"/>, and deaf to cancellation.</summary>
    Task HoldDeafAsync(string name);

    ValueTask AppendAsync(int number);

    ValueTask<List<int>> NumbersAsync();

    /// <summary>Calls <see cref="CallBackAsync"/> of another one, naming itself.</summary>
    Task<int> CallAsync(string other);

    /// <summary>Calls the caller back while it waits: a deadlock, which only the call deadline ends.</summary>
    Task<int> CallBackAsync(string caller);

    /// <summary>Fans out into many branches that hop threads.</summary>
    /// <returns>The most branches that ever ran at the same instant.</returns>
    Task<int> FanOutAsync(int branches);

    Task<Parcel> EchoAsync(Parcel parcel);

    ValueTask<string?> EchoNothingAsync(string? text);

    Task<int> SumAsync(int a, long b, string c, byte[] d, int? e, Colour f, List<int> g);

    Task FailAsync(string message, bool afterAwait);

    /// <summary>The turn number of the activation, to see when there is a new one.</summary>
    Task<int> TurnAsync();

    Task DeactivateAsync();
}
