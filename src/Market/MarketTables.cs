using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.AfterSales;
using Shanhuo.Market.Agents;
using Shanhuo.Market.Agreements;
using Shanhuo.Market.Api;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Channels;
using Shanhuo.Market.Epcis;
using Shanhuo.Market.Genuine;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Media;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Products;
using Shanhuo.Market.Recalls;
using Shanhuo.Market.Reviews;
using Shanhuo.Market.Shipping;
using Shanhuo.Market.Sense;

namespace Shanhuo.Market;

/// <summary>Every table of the market by name.</summary>
internal static class MarketTables
{
    extension(ShanhuoDb db)
    {
        public DbSet<Product> Products => db.Set<Product>();
        public DbSet<Grade> Grades => db.Set<Grade>();
        public DbSet<BoardPrice> BoardPrices => db.Set<BoardPrice>();
        public DbSet<Intake> Intakes => db.Set<Intake>();
        public DbSet<Weighing> Weighings => db.Set<Weighing>();
        public DbSet<Lot> Lots => db.Set<Lot>();
        public DbSet<LotGrower> LotGrowers => db.Set<LotGrower>();
        public DbSet<LotMove> LotMoves => db.Set<LotMove>();
        public DbSet<LotNumber> LotNumbers => db.Set<LotNumber>();
        public DbSet<LotMaking> LotMakings => db.Set<LotMaking>();
        public DbSet<Evidence> Evidences => db.Set<Evidence>();
        public DbSet<Agreement> Agreements => db.Set<Agreement>();
        public DbSet<AgreementHousehold> AgreementHouseholds => db.Set<AgreementHousehold>();
        public DbSet<AgreementPrice> AgreementPrices => db.Set<AgreementPrice>();
        public DbSet<AgreementDelivery> AgreementDeliveries => db.Set<AgreementDelivery>();
        public DbSet<Order> Orders => db.Set<Order>();
        public DbSet<OrderLine> OrderLines => db.Set<OrderLine>();
        public DbSet<RefundClaim> RefundClaims => db.Set<RefundClaim>();
        public DbSet<ChannelRecord> Channels => db.Set<ChannelRecord>();
        public DbSet<SellerCode> SellerCodes => db.Set<SellerCode>();
        public DbSet<PackingScan> PackingScans => db.Set<PackingScan>();
        public DbSet<ImportRun> ImportRuns => db.Set<ImportRun>();
        public DbSet<ImportFile> ImportFiles => db.Set<ImportFile>();
        public DbSet<Offer> Offers => db.Set<Offer>();
        public DbSet<Review> Reviews => db.Set<Review>();
        public DbSet<FakeReport> FakeReports => db.Set<FakeReport>();
        public DbSet<FakeStep> FakeSteps => db.Set<FakeStep>();
        public DbSet<FakePhoto> FakePhotos => db.Set<FakePhoto>();
        public DbSet<LotRecall> LotRecalls => db.Set<LotRecall>();
        public DbSet<RecallCall> RecallCalls => db.Set<RecallCall>();
        public DbSet<RecallMark> RecallMarks => db.Set<RecallMark>();
        public DbSet<BuyerClaim> BuyerClaims => db.Set<BuyerClaim>();
        public DbSet<ClaimLine> ClaimLines => db.Set<ClaimLine>();
        public DbSet<ClaimStep> ClaimSteps => db.Set<ClaimStep>();
        public DbSet<ClaimPhoto> ClaimPhotos => db.Set<ClaimPhoto>();
        public DbSet<LineWeight> LineWeights => db.Set<LineWeight>();
        public DbSet<DeliveryLook> DeliveryLooks => db.Set<DeliveryLook>();
        public DbSet<Pavilion> Pavilions => db.Set<Pavilion>();
        public DbSet<Certificate> Certificates => db.Set<Certificate>();
        public DbSet<Delivery> Deliveries => db.Set<Delivery>();
        public DbSet<Payment> Payments => db.Set<Payment>();
        public DbSet<BuyerRefund> BuyerRefunds => db.Set<BuyerRefund>();
        public DbSet<NoticeRecord> PaymentNotices => db.Set<NoticeRecord>();
        public DbSet<Channels.Out.EnteredWaybill> EnteredWaybills => db.Set<Channels.Out.EnteredWaybill>();
        public DbSet<Channels.Statements.PlatformStatement> PlatformStatements => db.Set<Channels.Statements.PlatformStatement>();
        public DbSet<Channels.Statements.PlatformStatementLine> PlatformStatementLines => db.Set<Channels.Statements.PlatformStatementLine>();
        public DbSet<PriceWeek> PriceWeeks => db.Set<PriceWeek>();
        public DbSet<Picture> Pictures => db.Set<Picture>();
        public DbSet<Video> Videos => db.Set<Video>();
        public DbSet<ImportRefusal> ImportRefusals => db.Set<ImportRefusal>();
        public DbSet<ApiKey> ApiKeys => db.Set<ApiKey>();
        public DbSet<ApiRequest> ApiRequests => db.Set<ApiRequest>();
        public DbSet<Hook> Hooks => db.Set<Hook>();
        public DbSet<HookMessage> HookMessages => db.Set<HookMessage>();
        public DbSet<TraceAddress> TraceAddresses => db.Set<TraceAddress>();
        public DbSet<Gs1Party> Gs1Parties => db.Set<Gs1Party>();
        public DbSet<ProductGtin> ProductGtins => db.Set<ProductGtin>();
        public DbSet<ForeignEvent> ForeignEvents => db.Set<ForeignEvent>();
        public DbSet<ForeignEpc> ForeignEpcs => db.Set<ForeignEpc>();
        public DbSet<CaptureJob> CaptureJobs => db.Set<CaptureJob>();
        public DbSet<AgentSlip> AgentSlips => db.Set<AgentSlip>();
        public DbSet<AgentSlipLine> AgentSlipLines => db.Set<AgentSlipLine>();
        public DbSet<AgentTask> AgentTasks => db.Set<AgentTask>();
        public DbSet<CashSlip> CashSlips => db.Set<CashSlip>();
        public DbSet<Supplier> Suppliers => db.Set<Supplier>();
        public DbSet<Supply> Supplies => db.Set<Supply>();
        public DbSet<SupplyReport> SupplyReports => db.Set<SupplyReport>();
        public DbSet<GivenEventId> GivenEventIds => db.Set<GivenEventId>();
    }
}
