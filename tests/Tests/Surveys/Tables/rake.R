# Prints what RakingTests compares with. Run in this folder: Rscript rake.R > rake.out
suppressMessages(library(survey))
options(digits = 14)
cat("survey", as.character(packageVersion("survey")), "\n")
types <- data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018))
wide <- data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122))
awards <- data.frame(awards = c("No", "Yes"), Freq = c(2027, 4167))
close <- list(maxit = 500, epsilon = 1e-10)
show <- function(name, d) {
  m <- svymean(~comp.imp, d); b <- svyby(~comp.imp, ~stype, d, svymean)
  cat(name, "Yes", coef(m)[2], SE(m)[2], "\n")
  for (s in c("E", "H", "M")) cat(name, s, b[s, "comp.impYes"], b[s, "se.comp.impYes"], "\n")
  x <- svychisq(~comp.imp + awards, d); cat(name, "F", x$statistic, x$p.value, "\n")
}
strat <- svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = read.csv("apistrat.csv"))
show("strat", rake(strat, list(~stype, ~sch.wide, ~awards), list(types, wide, awards), control = close))
clus <- svydesign(id = ~dnum, weights = ~pw, data = read.csv("apiclus1.csv"))
show("clus", rake(clus, list(~stype, ~sch.wide), list(types, wide), control = close))
# R goes through the margins ten times for the residuals and stops; regression on all margins at once is where that leads.
exact <- function(name, d, margins, stratum, cluster, fpc) {
  v <- d$variables; w <- weights(d); y <- as.numeric(v$comp.imp == "Yes"); p <- sum(w * y) / sum(w)
  x <- w * resid(lm(update(margins, .y ~ .), cbind(v, .y = y - p))) / sum(w); var <- 0
  for (h in unique(stratum)) {
    t <- tapply(x[stratum == h], cluster[stratum == h], sum); n <- length(t)
    var <- var + (1 - n / fpc[stratum == h][1]) * n / (n - 1) * sum((t - mean(t))^2)
  }
  cat(name, "exact", p, sqrt(var), "\n")
}
s <- rake(strat, list(~stype, ~sch.wide, ~awards), list(types, wide, awards), control = close)
exact("strat", s, ~ stype + sch.wide + awards, s$variables$stype, seq_len(nrow(s$variables)), s$variables$fpc)
c <- rake(clus, list(~stype, ~sch.wide), list(types, wide), control = close)
exact("clus", c, ~ stype + sch.wide, rep("all", nrow(c$variables)), c$variables$dnum, rep(Inf, nrow(c$variables)))
