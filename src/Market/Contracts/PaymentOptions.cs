namespace Shanhuo.Market.Contracts;

/// <summary>Where the settings of payment institutions lie, and whether the test gateway stands in for them. Registered by the host.</summary>
/// <param name="DataFolder">Holds <c>payments/</c> and <c>keys/</c>.</param>
/// <param name="TestGateway">Is there a local test gateway, by which no money moves? Only in a demo.</param>
public sealed record PaymentOptions(string DataFolder, bool TestGateway);
