"""A small hospital's settlements, as a bureau would get them."""

HOSPITAL = "H11010500001"
SETTLEMENT = {
    "claim": "900001",
    "person": "P1",
    "provider": HOSPITAL,
    "visit": "inpatient",
    "admitted_at": "2026-03-01 09:00:00",
    "discharged_at": "2026-03-06 10:00:00",
    "settled_at": "2026-03-06 11:00:00",
    "department": "03",
    "doctor": "D110105000001",
    "scheme": "310",
    "region": "110105",
    "main_diagnosis": "I10.x00",
    "total_fen": "30000",
    "fund_fen": "20000",
    "own_fen": "10000",
}
LINE = {
    "line": "1",
    "claim": "900001",
    "served_at": "2026-03-02 08:00:00",
    "item": "XC08CAA011A001010100001",
    "class": "drug",
    "fee_category": "09",
    "quantity": "2",
    "unit_price_fen": "15000",
    "amount_fen": "30000",
    "prescription": "77",
}
PERSON = {"person": "P1", "name": "张三丰", "id_number": "11010519491231002X", "sex": "2", "born_on": "1949-12-31"}


def message(**changes):
    """One settlement list of the national interface, amounts in yuan."""
    header = {
        "setl_id": "SETL-2026-0001",
        "psn_no": "1100000001",
        "psn_name": "李四",
        "certno": "11010519491231002X",
        "fixmedins_no": HOSPITAL,
        "fixmedins_name": "测试医院",
        "ipt_med_type": "1",
        "adm_time": "2026-03-01 09:00:00",
        "dscg_time": "2026-03-06 10:00:00",
        "setl_end_date": "2026-03-06",
        "act_ipt_days": 5,
        "insutype": "310",
        "medfee_sumamt": 300.00,
        "fund_pay_sumamt": 200.00,
        "psn_part_amt": 100.00,
        "hifp_pay": 200.00,
    } | changes
    return {
        "infno": "4101",
        "input": {
            "setlinfo": header,
            "iteminfo": [
                {
                    "med_chrgitm": "西药费",
                    "amt": 300.00,
                    "claa_sumfee": 300.00,
                    "clab_amt": 0,
                    "fulamt_ownpay_amt": 0,
                    "oth_amt": 0,
                }
            ],
            "diseinfo": [
                {"diag_code": "I10.x00", "maindiag_flag": "1", "adm_cond_type": "1"},
                {"diag_code": "E11.900", "maindiag_flag": "0"},
            ],
            "oprninfo": [{"oprn_oprt_code": "88.7200", "oprn_oprt_date": "2026-03-03"}],
            "feedetail": [
                {
                    "feedetl_sn": "F-1",
                    "fee_ocur_time": "2026-03-02 08:00:00",
                    "med_list_codg": "XC08CAA011A001010100001",
                    "list_type": "101",
                    "med_chrgitm_type": "09",
                    "cnt": 2,
                    "pric": 150.00,
                    "det_item_fee_sumamt": 300.00,
                }
            ],
        },
    }
