using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;

namespace Shanhuo.Market.Bulk;

/// <summary>Who accepts, in the clear, as the contract names it.</summary>
/// <param name="Contact">The buyer's contact.</param>
/// <param name="AcceptedBy">Name of the person who pressed.</param>
internal sealed record ContractParty(string Contact, string Phone, string Address, string AcceptedBy, long AcceptedMs);

/// <summary>The words of a contract: all of it follows from the quotation and who accepts it, so that the same quotation accepted at the same moment is the same text to the byte.</summary>
internal sealed class ContractText(Texts texts)
{
    /// <summary>Both texts.</summary>
    public (string Zh, string En) Write(QuoteRequest quote, QuotationView view, ContractParty buyer) => (Write(quote, view, buyer, Language.Zh), Write(quote, view, buyer, Language.En));

    /// <summary>The fingerprint of both; see <see cref="Contract.Sha256"/>.</summary>
    public static string Fingerprint(string zh, string en) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(zh + "\n" + en)));

    /// <summary>Number of the contract of a version.</summary>
    public static string Number(QuoteRequest quote, int version) => string.Create(CultureInfo.InvariantCulture, $"{quote.Number}-{version}");

    private string Write(QuoteRequest quote, QuotationView view, ContractParty buyer, Language language)
    {
        var quotation = view.Quotation;
        var text = new StringBuilder();
        Line("contract.title", Number(quote, quotation.Version));
        Line("contract.seller", Pick(view.Seller.Name, view.Seller.NameEn));
        Line("contract.buyer", quote.Organisation, buyer.Contact, buyer.Phone);
        for (var i = 0; i < view.Lines.Count; i++)
        {
            var line = view.Lines[i];
            Line("contract.goods", i + 1, Pick(line.Product.Name, line.Product.NameEn), line.Grade is { } g ? Pick(g.Name, g.NameEn) : texts.Say(language, "contract.any-grade"), line.Units, Quantity(line, line.Offer.PerUnit), line.Offer.Price.ToDisplay(), Quantity(line, line.Quantity), line.Amount.ToDisplay());
            if (line.Grade is { } grade) Line("contract.quality", Pick(grade.Standard, grade.StandardEn));
            if (line.Offer.Harvest) Line("contract.harvest");
        }
        Line("contract.price", view.Goods.ToDisplay(), quotation.Freight.ToDisplay(), view.Sum.ToDisplay(), language == Language.Zh ? AmountWords.Financial(view.Sum) : "");
        Line("contract.delivery", Dates.Day(quotation.DeliverFrom, language), Dates.Day(quotation.DeliverUntil, language), buyer.Address);
        if (quotation.DepositPpm is { } ppm) Line("contract.deposit", new Rate(ppm), view.Now.ToDisplay(), (view.Sum - view.Now).ToDisplay());
        else Line("contract.whole", view.Sum.ToDisplay());
        Line("contract.pay-" + quotation.Method, quotation.PayTo);
        Line("contract.late");
        Line("contract.short");
        if (quotation.Terms.Length > 0) Line("contract.terms", quotation.Terms);
        Line("contract.seller-word", Pick(view.Seller.Name, view.Seller.NameEn), Moment(quotation.AtMs), quotation.Version);
        Line("contract.buyer-word", quote.Organisation, buyer.AcceptedBy, Moment(buyer.AcceptedMs));
        return text.ToString().TrimEnd('\n');

        void Line(string key, params object[] arguments) => text.Append(texts.Say(language, key, arguments).ReplaceLineEndings("\n")).Append('\n');
        string Pick(string zh, string? en) => language == Language.En && en is { Length: > 0 } ? en : zh;
        string Quantity(QuoteLineView line, long quantity) => line.Product.ByPiece
            ? string.Create(CultureInfo.InvariantCulture, $"{quantity} {Pick(line.Product.PieceName ?? "件", line.Product.PieceNameEn ?? "pieces")}")
            : (quantity / 1000m).ToString("#,##0.###", CultureInfo.InvariantCulture) + Pick(" 公斤", " kg");
    }

    private static string Moment(long ms) => Clock.ToChina(ms).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
