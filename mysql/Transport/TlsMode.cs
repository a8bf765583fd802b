namespace Outrider.MySql.Transport;

/// <summary>How far a client insists on TLS.</summary>
public enum TlsMode
{
    /// <summary>Never TLS.</summary>
    Disabled,

    /// <summary>TLS when the server offers it; the certificate is not verified.</summary>
    Preferred,

    /// <summary>TLS or no connection; the certificate is not verified.</summary>
    Required,

    /// <summary>TLS or no connection; certificate chain and host name are verified.</summary>
    VerifyFull,
}
