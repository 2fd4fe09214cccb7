-- label: Energy and carbon of use
-- unit: kWh and kg CO2e, a range by method
-- format: number
-- formula: published figures, prompts × energy or carbon of one prompt; modelled, requests × energy of the tokens one puts out, by the size of the model
-- null_rule: a method that tells only energy or only carbon leaves the other out
-- caveat: Methods differ several times, so none is the answer and they are never averaged. Published figures are of a typical prompt of one product; the model leaves out what is read in or comes from a cache, so that agents are told too low.
-- worked_out_in: leverage/cost/energy.py
create or replace macro energy_kwh(requests, wh_per_request) as requests * wh_per_request / 1000
