namespace Outrider.Bench.Cluster;

/// <summary>The peer: the same calls as anybody writes them on Orleans, with its generated codec.</summary>
public interface IPlainEchoGrain : IGrainWithStringKey
{
    Task PingAsync();

    Task<byte[]> BytesAsync(byte[] bytes);

    Task<Reading> MessageAsync(Reading message);

    /// <summary>The contract record, which crosses as JSON here too.</summary>
    Task<Message> JsonAsync(Message message);
}
